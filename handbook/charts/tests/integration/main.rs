//! Every form of chart, as readers and screen readers get it.

mod forms;
mod hostile;
