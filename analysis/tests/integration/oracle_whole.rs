//! Nothing of the reference results lies there without being compared.
//!
//! Every comparison is run once more, and what none of them looked at must stand in
//! [`NOT_COMPARED`] with its reason. `qatedi.json` and `sdc.json` of the makers are not among
//! these files: the first is about other people's data, the second is compared by `findings`.

use serde_json::json;

use crate::gold::{Gold, files};
use crate::{
    edge, oracle, oracle_change, oracle_compare, oracle_describe, oracle_design, oracle_dif,
    oracle_exact, oracle_factors, oracle_invariance, oracle_items, oracle_mixed, oracle_needs,
    oracle_profiles, oracle_reliability, oracle_units, oracle_weighted,
};

/// Every test that compares with the reference.
const COMPARISONS: &[fn()] = &[
    edge::alpha_is_a_number_or_a_reason,
    edge::small_areas_have_what_can_be_said_of_them,
    edge::groups_that_cannot_be_tested_have_a_reason,
    edge::complete_separation_has_an_effect_and_no_interval,
    edge::people_who_did_not_change_have_no_test,
    edge::a_person_needs_half_of_the_items,
    edge::codes_are_not_values_and_nought_is_one,
    edge::wilson_intervals_end_at_nought_and_one,
    edge::quantiles_of_one_and_two_people_are_of_type_seven,
    oracle::area_scores_are_those_of_r_under_both_missing_rules,
    oracle::means_are_exact_fractions_rounded_once,
    oracle::variances_are_exact_to_the_last_places,
    oracle::alpha_has_the_interval_of_complete_rows,
    oracle::response_rates_count_answers_over_staff,
    oracle::gaps_and_shares_below_target_are_those_of_r,
    oracle_items::distributions_and_item_means_are_those_of_r,
    oracle_items::quantiles_of_items_are_those_of_r,
    oracle::areas_go_together_as_in_r,
    oracle_items::reasons_for_no_answer_are_counted_beside_the_values,
    oracle_change::change_is_that_of_r,
    oracle_compare::groups_are_compared_as_r_compares_them,
    oracle_compare::rank_statistics_are_exact_fractions_rounded_once,
    oracle_describe::skewness_and_kurtosis_of_areas_are_those_of_r,
    oracle_describe::skewness_and_kurtosis_of_items_are_those_of_r,
    oracle_describe::shares_of_the_two_highest_and_lowest_answers_are_those_of_r,
    oracle_design::strata_with_a_finite_population_are_those_of_survey,
    oracle_design::strata_without_end_are_those_of_survey,
    oracle_design::units_as_clusters_are_those_of_survey,
    oracle_design::raked_means_are_those_of_survey,
    oracle_design::raked_weights_are_those_of_survey,
    oracle_design::the_margins_of_raking_are_the_staff,
    oracle_design::a_stratum_without_answers_is_listed,
    oracle_dif::likelihood_ratios_and_effects_are_those_of_polr,
    oracle_exact::cities_hand_over_the_tables_of_the_reference,
    oracle_factors::adequacy_and_bartletts_test_are_those_of_psych,
    oracle_factors::eigenvalues_are_those_of_r_and_one_factor_stands_out,
    oracle_factors::six_factors_are_those_of_factanal,
    oracle_factors::solutions_at_the_bound_are_those_of_factanal,
    oracle_invariance::models_of_several_groups_are_those_of_lavaan,
    oracle_mixed::the_survey_gives_surer_changes_than_unlinked_people_do,
    oracle_needs::needs_are_those_of_r,
    oracle_needs::themes_are_counted_as_r_counts_them,
    oracle_profiles::profiles_are_those_of_kmeans,
    oracle_reliability::alphas_in_their_kinds_are_those_of_psych,
    oracle_reliability::items_against_the_rest_are_those_of_psych,
    oracle_reliability::omega_and_its_loadings_are_those_of_the_polished_model,
    oracle_reliability::omega_by_least_squares_is_that_of_psych,
    oracle_reliability::polychoric_correlations_are_those_of_two_steps,
    oracle_units::the_intraclass_correlation_has_both_sizes,
    oracle_units::shrunken_means_by_moments_are_closed_forms,
    oracle_units::shrunken_means_by_reml_are_those_of_lme4,
    oracle_weighted::means_by_replicate_weights_are_those_of_survey,
    oracle_weighted::spreads_are_tested_as_by_svychisq,
    oracle_weighted::ranks_are_tested_as_by_svyranktest,
];

/// Keys that are compared with nothing, by file (`*`: any) and the reason.
const NOT_COMPARED: &[(&str, &str, &str)] = &[
    ("*", "meta", "which programs made the file"),
    ("*", "note", "words for people"),
    ("*", "convention", "words for people"),
    (
        "*",
        "rule",
        "words for people; every test sets its own rule",
    ),
    (
        "edge.json",
        "counts",
        "what a release shows is tested in `findings` (`slices.rs`, `rule.rs`)",
    ),
    ("edge.json", "publish_distribution", "as `counts`"),
    (
        "edge.json",
        "id",
        "of the cases whose outcome is in words, see `expect`",
    ),
    (
        "edge.json",
        "expect",
        "in words only; `bad_design.rs` tests both errors",
    ),
    (
        "scores.json",
        "skew_g1",
        "without correction for bias; the corrected G1 is shown and compared",
    ),
    ("scores.json", "kurt_g2", "as `skew_g1`, beside G2"),
    ("items.json", "skew_g1", "as in `scores.json`"),
    ("items.json", "kurt_g2", "as in `scores.json`"),
    (
        "change.json",
        "wilcoxon_p_cc",
        "where R breaks ties by rounding its z is compared, made with the same rounding",
    ),
    (
        "dif.json",
        "matching",
        "in words: on the rest score, as the likelihoods show",
    ),
    (
        "dif.json",
        "s",
        "slope of the rest score; no figure of ours, its likelihood is compared",
    ),
    (
        "efa.json",
        "oblimin_phi_sorted_abs",
        "ours is varimax; `correlations` shows how scores of areas go together",
    ),
    ("efa.json", "cols", "names that R gave its factors"),
    (
        "reliability.json",
        "logl",
        "chi squared is made of it and compared",
    ),
    (
        "reliability.json",
        "lavaan_max_diff",
        "how far apart two programs of the reference are",
    ),
    (
        "reliability.json",
        "max_abs_diff_lavaan",
        "as `lavaan_max_diff`",
    ),
    (
        "reliability.json",
        "max_abs_diff_psych",
        "as `lavaan_max_diff`",
    ),
    (
        "reliability.json",
        "thresholds",
        "a step on the way to the correlations, which are compared",
    ),
    (
        "replicates.json",
        "zones",
        "no figure of ours: the errors made of them are compared",
    ),
    ("replicates.json", "replicates_jk2", "as `zones`"),
    ("replicates.json", "replicates_jkn", "as `zones`"),
    (
        "units.json",
        "loglik",
        "no figure of ours: the means and errors at its maximum are compared",
    ),
    (
        "weighted_tests.json",
        "ranks_svyranktest",
        "R breaks ties by the order of rows; its chi squared is compared",
    ),
];

#[test]
fn everything_in_the_reference_is_compared_or_says_why_not() {
    for compare in COMPARISONS {
        compare();
    }
    let mut unheard = Vec::new();
    let mut used = vec![false; NOT_COMPARED.len()];
    for (file, gold) in files() {
        for (path, times) in gold.left_over() {
            let reason = NOT_COMPARED.iter().position(|(of, key, _)| {
                ["*", file].contains(of) && path.iter().any(|part| part == key)
            });
            match reason {
                Some(place) => used[place] = true,
                None => unheard.push(format!("{file}: {} ({times})", path.join("/"))),
            }
        }
    }
    assert!(
        unheard.is_empty(),
        "never looked at:\n{}",
        unheard.join("\n")
    );
    let idle: Vec<_> = NOT_COMPARED
        .iter()
        .zip(used)
        .filter(|(_, used)| !used)
        .collect();
    assert!(idle.is_empty(), "a reason for nothing: {idle:?}");
}

#[test]
fn what_nobody_looked_at_is_found() {
    let gold = Gold::of(json!({"a": [{"b": 1, "c": 2}, {"b": 3, "c": 4}], "d": null}));
    let left = |gold: &Gold| {
        let left = gold.left_over().into_iter();
        left.map(|(path, times)| (path.join("/"), times))
            .collect::<Vec<_>>()
    };
    assert_eq!(left(&gold).len(), 3);
    assert_eq!(gold["a"][1]["b"].as_u64(), Some(3));
    assert_eq!(gold["d"].as_f64(), None);
    let expected = [("a/[]/b".to_owned(), 1), ("a/[]/c".to_owned(), 2)];
    assert_eq!(left(&gold), expected);
}
