//! Answering: a [`Query`](crate::query::Query) becomes a plan, the plan hits, facets and highlights.

mod align;
mod archive;
mod explain;
mod facets;
mod hits;
mod inflected;
mod joined;
mod leaves;
mod matches;
mod names;
mod neighbours;
mod places;
mod plan;
mod positional;
mod posted;
mod quoted;
mod ranked;
mod speakers;
mod spots;
mod steady;
mod timeline;
mod verify;
mod whynot;

pub use align::{Alignment, Step};
pub use archive::Archive;
pub use explain::explain;
pub use facets::{Facet, FacetField, Value};
pub use hits::{Answer, ArticleHit, Hit, Hits, Page, QuoteHit, Sort, answer, hits, quotes_of, with_id};
pub use names::{has_outlet, has_speaker, nearest_outlet, nearest_speaker};
pub use plan::SearchError;
pub use speakers::{SpeakerHit, speakers};
pub use timeline::{Period, PeriodCount, Timeline, timeline};
pub use verify::{Alike, CLOSE, Searched, Verdict, Verification, verify};
pub use whynot::nothing_found;
