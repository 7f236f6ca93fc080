//! Integration tests of the analysis, a module for each subject.

#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "a failing test may stop where it stands, and equal results are equal to the bit"
)]

mod bad_design;
mod bad_input;
mod conduct;
mod dataset_folder;
mod draft;
mod edge;
mod every_statistic;
mod every_table;
mod exchange_tables;
mod federation;
mod federation_refused;
mod gold;
mod group_tables;
mod job_files;
mod listed;
mod masks;
mod need_pictures;
mod network;
mod nothing_lost;
mod oracle;
mod oracle_change;
mod oracle_compare;
mod oracle_describe;
mod oracle_design;
mod oracle_dif;
mod oracle_exact;
mod oracle_factors;
mod oracle_invariance;
mod oracle_items;
mod oracle_mixed;
mod oracle_needs;
mod oracle_profiles;
mod oracle_reliability;
mod oracle_units;
mod oracle_weighted;
mod oracle_whole;
mod outputs;
mod release;
mod scale_out;
mod score_rule;
mod setting;
mod spss;
mod summaries;
mod summary_words;
mod worked_jobs;
mod wrong_file;
