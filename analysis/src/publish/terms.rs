//! Words for the parts of tests and models (the key column `term`) in working results.

/// Finnish, Swedish and English words by term.
const TERMS: &[(&str, [&str; 3])] = &[
    (
        "sd",
        ["keskihajonta", "standardavvikelse", "standard deviation"],
    ),
    ("skewness", ["vinous", "snedhet", "skewness"]),
    ("kurtosis", ["huipukkuus", "toppighet", "kurtosis"]),
    (
        "alpha",
        ["Cronbachin alfa", "Cronbachs alfa", "Cronbach's alpha"],
    ),
    (
        "alpha_pairwise",
        ["alfa pareittain", "parvis alfa", "alpha on pairs"],
    ),
    (
        "alpha_standardised",
        [
            "standardoitu alfa",
            "standardiserad alfa",
            "standardised alpha",
        ],
    ),
    (
        "mean_r",
        [
            "korrelaatioiden keskiarvo",
            "medelkorrelation",
            "mean correlation",
        ],
    ),
    (
        "lambda6",
        [
            "Guttmanin lambda 6",
            "Guttmans lambda 6",
            "Guttman's lambda 6",
        ],
    ),
    (
        "spearman_brown",
        [
            "Spearmanin–Brownin kerroin",
            "Spearman–Browns koefficient",
            "Spearman–Brown coefficient",
        ],
    ),
    (
        "item_rest",
        [
            "korrelaatio muiden väittämien summaan",
            "korrelation med summan av de övriga påståendena",
            "correlation with the sum of the other items",
        ],
    ),
    (
        "alpha_if_dropped",
        [
            "alfa ilman väittämää",
            "alfa utan påståendet",
            "alpha without the item",
        ],
    ),
    (
        "omega",
        ["McDonaldin omega", "McDonalds omega", "McDonald's omega"],
    ),
    (
        "omega_observed",
        [
            "omega havaitusta varianssista",
            "omega av den observerade variansen",
            "omega of the observed variance",
        ],
    ),
    (
        "omega_minres",
        [
            "omega pienimmän neliösumman mallista",
            "omega enligt minsta kvadratmetoden",
            "omega by least squares",
        ],
    ),
    ("chisq", ["khiin neliö", "chi-kvadrat", "chi squared"]),
    (
        "df",
        ["vapausasteet", "frihetsgrader", "degrees of freedom"],
    ),
    ("p", ["p-arvo", "p-värde", "p value"]),
    ("loading", ["lataus", "laddning", "loading"]),
    (
        "loading_minres",
        [
            "lataus pienimmän neliösumman mallissa",
            "laddning enligt minsta kvadratmetoden",
            "loading by least squares",
        ],
    ),
    (
        "uniqueness",
        ["ominaisvarianssi", "unik varians", "uniqueness"],
    ),
    (
        "alpha_ordinal",
        ["ordinaalinen alfa", "ordinal alfa", "ordinal alpha"],
    ),
    (
        "omega_ordinal",
        ["ordinaalinen omega", "ordinal omega", "ordinal omega"],
    ),
    (
        "sem",
        [
            "mittauksen keskivirhe",
            "mätningens standardfel",
            "standard error of measurement",
        ],
    ),
    (
        "misclassified",
        [
            "odotettu osuus väärällä tasolla",
            "förväntad andel på fel nivå",
            "expected share on a wrong level",
        ],
    ),
    (
        "break_off",
        ["keskeyttäneet", "avbröt enkäten", "broke off"],
    ),
    (
        "item_nonresponse",
        [
            "vaille vastausta jääneet väittämät",
            "påståenden utan svar",
            "items without an answer",
        ],
    ),
    (
        "longest_run",
        [
            "pisin samojen vastausten jono, keskiarvo",
            "längsta rad av samma svar, medelvärde",
            "longest run of one answer, mean",
        ],
    ),
    (
        "longest_run_max",
        [
            "pisin samojen vastausten jono",
            "längsta rad av samma svar",
            "longest run of one answer",
        ],
    ),
    (
        "identical_share",
        [
            "oman yleisimmän vastauksen osuus, keskiarvo",
            "andelen av det egna vanligaste svaret, medelvärde",
            "share of a person's most frequent answer, mean",
        ],
    ),
    (
        "identical",
        [
            "kaikkeen samoin vastanneet",
            "samma svar på allt",
            "one answer to everything",
        ],
    ),
    (
        "log_odds",
        [
            "logaritminen vetosuhde",
            "logaritmerad oddskvot",
            "log odds ratio",
        ],
    ),
    ("eigenvalue", ["ominaisarvo", "egenvärde", "eigenvalue"]),
    (
        "random",
        [
            "satunnaisten vastausten ominaisarvo",
            "egenvärde för slumpmässiga svar",
            "eigenvalue of random answers",
        ],
    ),
];

/// Returns the words of a term, where it has any of its own.
pub(super) fn words(term: &str) -> Option<[&'static str; 3]> {
    let found = TERMS.iter().find(|(known, _)| *known == term);
    found.map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_has_words_of_its_own_in_three_languages() {
        for (place, (term, words)) in TERMS.iter().enumerate() {
            assert!(words.iter().all(|word| !word.is_empty()), "{term}");
            let later = &TERMS[place + 1..];
            assert!(later.iter().all(|(other, _)| other != term), "{term}");
        }
        assert_eq!(words("p"), Some(["p-arvo", "p-värde", "p value"]));
        assert_eq!(words("unheard"), None);
    }
}
