# Words of the summary, the workbook and the pictures. The keys stand in analysis/src/publish/output/words.rs.
title-network = The network, wave { $wave }
title-city = { $name }, wave { $wave }
title-working = Working result, wave { $wave }
title-working-all = Working result
simulated = The figures are invented. They say nothing about any real person.
working = This is a researcher's working result. The figures are not protected: the file must not be published or passed on.
withheld-means = “Not reported”: too few people answered, or the figure would reveal the result of another group. It does not mean zero.
interval-means = The confidence interval shows where the true figure plausibly lies. The narrower it is, the surer the figure.

known = What is known
sure = How surely
cannot = What cannot be concluded
nothing-known = The results hold no figure for everybody together.
rate = The response rate is { $percent } (staff: { $n }).
rate-unknown = The number of staff is not known, so there is no response rate.
mean-one = The mean of the area “{ $name }” is { $value }. The scale is { $scale }.
mean-same = The means of the areas are equal: { $value }. The scale is { $scale }.
mean-range = The mean is highest in the area “{ $highest }”, { $high }, and lowest in the area “{ $lowest }”, { $low }. The scale is { $scale }.
mean-interval = Confidence intervals are in brackets.
mean-clear = The difference of these two, { $value }, is clear: its confidence interval { $range } does not reach zero.
mean-unclear = The order of these two is not certain: their difference is { $value }, and its confidence interval { $range } reaches zero.
gap-largest = The distance to the target is longest in the area “{ $name }”: { $value } steps{ $range }.
gap-short = The target is clearly not reached in { $count ->
    [one] one area
   *[other] { $n } areas
}: { $list }.
gap-met = The target is clearly exceeded in { $count ->
    [one] one area
   *[other] { $n } areas
}: { $list }.
below-most = The area with the most people below their target is “{ $name }”: { $value } of those who answered.
trend-up = The mean has clearly risen since wave { $from } in { $count ->
    [one] one area
   *[other] { $n } areas
}: { $list }.
trend-down = The mean has clearly fallen since wave { $from } in { $count ->
    [one] one area
   *[other] { $n } areas
}: { $list }.
group-above = “{ $group }” is clearly above the mean of all: { $list }.
group-below = “{ $group }” is clearly below the mean of all: { $list }.
groups-more = Further groups that clearly differ from the mean of all: { $n }. They are in the table { $table }.
slope-up = Over the waves the mean has clearly risen { $count ->
    [one] in one area
   *[other] in { $n } areas
}: { $list } steps a wave.
slope-down = Over the waves the mean has clearly fallen { $count ->
    [one] in one area
   *[other] in { $n } areas
}: { $list } steps a wave.
pairs-clear = Comparison “{ $column }”: { $count ->
    [one] one clear difference
   *[other] { $n } clear differences
} between the groups in { $all } comparisons: { $list }.
pairs-clear-most = Comparison “{ $column }”: between the groups there are { $n } clear differences in { $all } comparisons. The largest: { $list }.
pairs-none = Comparison “{ $column }”: no difference between the groups is clear ({ $all } comparisons). It does not mean that there is none.
pairs-example = An example of the size of a difference in the area “{ $area }”: if one person of each group is drawn by chance, “{ $above }” is higher than “{ $below }” with a probability of { $percent } (a tie counts half).
dif-found = Comparison “{ $column }”: a statement clearly favours one of the groups { $count ->
    [one] in one comparison
   *[other] in { $n } comparisons
} of { $all }: { $list }.
dif-none = Comparison “{ $column }”: no statement clearly favours one of the groups ({ $all } comparisons).
needs-first = The need is largest in the area “{ $name }”. A need is the larger, the more important something is held to be and the more competence lags behind.
needs-met = Competence is clearly ahead of importance { $count ->
    [one] in one area
   *[other] in { $n } areas
}: { $list }.
quadrant-concentrate = Concentrate here first: importance is clearly above and competence clearly below the mean of the areas { $count ->
    [one] in one area
   *[other] in { $n } areas
}: { $list }.
quadrant-keep = Keep this up: both importance and competence are clearly above the mean of the areas { $count ->
    [one] in one area
   *[other] in { $n } areas
}: { $list }.
levels-most = The most common level by area: { $list }.
correlations-one = The correlation of the areas “{ $one }” and “{ $other }” is { $r }.
correlations-strongest = The areas “{ $one }” and “{ $other }” go together most: the correlation is { $r }.
correlations-weakest = The areas “{ $one }” and “{ $other }” go together least: the correlation is { $r }.
themes-most = The open answers ({ $n }) are most often about: { $list }.
icc-clear = Units clearly differ from each other { $count ->
    [one] in one area
   *[other] in { $n } areas
}: { $list }. The figure is the share of the spread that lies between units.
units-clear = Units whose shrunken mean clearly differs from the mean of all: { $list }.
units-item = { $name } ({ $above } above, { $below } below)

confidence = The confidence intervals have a level of { $percent }: if the survey were repeated many times, this share of intervals would hold the true figure.
clear-means = “Clearly” means here that the confidence interval does not reach what is compared with.
no-intervals = No confidence interval can be computed, so nothing can be said about how sure the figures are.
fewest = The smallest number of answers behind a mean that is named here is { $n }.
alpha-fine = The statements of the areas measure consistently (alpha at least { $value }).
alpha-low = The statements do not measure consistently in { $count ->
    [one] one area
   *[other] { $n } areas
} (alpha below { $limit }): { $list }. Take such a mean with care.
gap-unclear = It cannot be said whether the target is reached in { $count ->
    [one] one area
   *[other] { $n } areas
}: { $list }.
trend-unclear = It cannot be said whether the mean has changed since wave { $from } in { $count ->
    [one] one area
   *[other] { $n } areas
}: { $list }.
many = The number of comparisons of groups is { $n }. Where there are many, some difference looks clear by mere chance.
change-mixed = Changes are worked out by a model that compares those who answered both times with themselves and uses the answers of the others, too.
change-paired = Changes are those of the people who answered both times.
change-unpaired = Changes are those of everybody who answered, since too few people could be linked between the waves.
change-means = Changes are worked out from the means of the waves as if other people had answered. Their confidence intervals are then rather too wide than too narrow.
change-linked = The number of people who answered both times and could be linked by their code is { $n }. That is { $percent } of those who answered in wave { $to }.
slope-unclear = It cannot be said whether the mean rises or falls over the waves { $count ->
    [one] in one area
   *[other] in { $n } areas
}: { $list }.
pairs-sure = The confidence intervals of the groups’ differences allow for the many comparisons in an area.
invariance-fine = Comparison “{ $column }”: the areas measure alike enough in the groups, so their means can be compared.
nearly-sure = over { $percent }
needs-chance = Most probably among the two largest needs: { $list }.
quadrant-unclear = The place among the four quarters is uncertain { $count ->
    [one] in one area
   *[other] in { $n } areas
}: { $list }. The confidence interval crosses a dividing line.
levels-error = Because of measurement error some { $percent } of people are on a wrong level in the area “{ $name }”, where the error is largest.
icc-unclear = It cannot be said whether units differ from each other { $count ->
    [one] in one area
   *[other] in { $n } areas
}: { $list }.
icc-cost = People of one unit are alike. If the units are only a sample, { $n } answers in the area “{ $name }” tell as much as { $effective } answers from different units.
design-effect = Because of the sampling design the error variance of the means is { $low } to { $high } times that of a random sample of the same size. The confidence intervals allow for it.
design-effect-one = Because of the sampling design the error variance of the means is { $low } times that of a random sample of the same size. The confidence intervals allow for it.

self = The figures are people's own ratings. They do not show what people can really do.
open-link = In at least some of the municipalities people answered over an open link. The same person may have answered several times, so the numbers of answers and the response rate deserve little trust.
cause = Differences between groups or waves do not tell what causes them.
nonresponse = The ratings of those who did not answer are not known and may differ. The confidence interval says nothing about this.
nonresponse-low = Fewer than 60 per cent answered. The ratings of those who did not answer are not known and may change the picture a lot. The confidence interval says nothing about this.
bounds = If nothing is assumed about those who did not answer, the mean of the whole staff can lie anywhere between these bounds: { $list }.
change-start = Those who answered both times clearly started from another level than the others { $count ->
    [one] in one area
   *[other] in { $n } areas
}: { $list }. Their change need not be that of the others.
slope-cannot = The change per wave shows the direction so far. It does not predict the next wave.
invariance-flagged = Comparison “{ $column }”: the statements do not measure the same in the groups { $count ->
    [one] in one area
   *[other] in { $n } areas
}: { $list }. The means of the groups cannot be compared there.
dif-cannot = A statement that favours a group is answered differently in the groups even where competence is the same otherwise. A part of the groups’ difference may come from the statement and not from competence.
needs-cannot = A need compares people’s own ratings of importance and competence. It does not tell which support is needed.
levels-cannot = Levels describe the group. Of a single person they tell nothing for certain.
correlations-cannot = A correlation shows that ratings go together. It does not tell whether one comes from the other.
themes-cannot = Themes of open answers are found by words. The share does not tell whether people speak well or badly of a theme, and some mentions may be missed.
units-order = Units cannot be put in a certain order: the confidence interval of a rank is { $low } to { $high } at its widest.
withheld-count = { $count ->
    [one] One figure is
   *[other] { $n } figures are
} not reported, because too few people answered or the figure would reveal the result of another group. A figure that is not reported is not zero.
band-count = Of { $count ->
    [one] one figure
   *[other] { $n } figures
} only the place above, below or near the mean is given, because few people answered.
undefined-count = { $count ->
    [one] One figure is
   *[other] { $n } figures are
} missing, because { $reason }.
other-tables = { $count ->
    [one] One table has
   *[other] { $n } tables have
} no summary in words: { $list }.

reason-n-0 = nobody answered
reason-n-2 = only one person answered
reason-n-3 = fewer than three people answered
reason-n-4 = fewer than four people answered
reason-groups-2 = there are fewer than two groups to compare
reason-groups-of-100-2 = fewer than two groups have a hundred answers
reason-all-tied = all answers are tied
reason-not-linked = nobody can be linked between the waves
reason-fewer-than-5 = there are fewer than five mentions
reason-fewer-than-10 = fewer than ten people have the profile
reason-areas-3 = there are fewer than three areas
reason-zero-variance = everybody gave the same answer
reason-k-2 = there is only one statement
reason-no-target = no target is set
reason-not-asked = the question was not asked
reason-frame-unknown = the number of staff is not known
reason-frame-smaller-than-answers = there are more answers than staff
reason-k-3 = there are fewer than three statements
reason-n-k = there are no more answers than statements
reason-singular-matrix = one statement follows completely from the others
reason-uniqueness-at-its-bound = the measurement model does not fit the data (Heywood)
reason-correlation-at-its-bound = two statements correspond completely
reason-no-degrees-of-freedom = there are too few values to fit the model
reason-complete-separation = the answers separate the groups completely
reason-too-few-values = there are too few different answers
reason-no-correlation = a statement hangs together with no other
reason-no-optimum-found = the computation found no solution
reason-no-design = no sampling design is given
reason-raked-weights = the weights are fitted to the margins of the staff, and the fitting is not repeated
reason-everybody-answered = everybody answered
reason-units-2 = there are fewer than two units
reason-one-answer-in-every-unit = every unit has one answer only
reason-no-variance-between-units = the units do not differ
reason-single-units-only = the figure is about single units only
reason-rate-of-60-or-more = at least 60 per cent answered
reason-waves-3 = there are fewer than three waves
reason-items-changed = the statements changed between waves

picture-profile = Areas and targets
picture-groups = Areas by group
picture-answers = How people answered
picture-needs-first = Concentrate first on: { $list }
picture-needs-none = No area clearly needs more effort than the others
picture-needs-of = Competence and importance by area
picture-measure = { $whom }. { $of }
picture-simulated = The figures are invented.
picture-working = Unprotected figures, not for publication.
scale-of = Scale { $from }–{ $to }
score = Self-rating
target = Target
share = Share of those who answered

sheet-about = Read this first
sheet-too-long = The table is too long for a workbook. It is complete in the CSV file.
column-table = Table
column-value = Figure
column-se = Standard error
column-low = Lower end
column-high = Upper end
column-n = People
column-n-staff = Staff
column-n-cells = People or places to answer
column-n-answers = Answers
column-note = Note
note-withheld = not reported
note-below = below the mean
note-near = near the mean
note-above = above the mean
dim-area = Area
dim-item = Statement
dim-level = Answer
dim-wave = Wave
dim-municipality = Municipality
dim-unit = Unit
dim-role = Role
dim-role_group = Role group
dim-term = Part
dim-with = Compared with
dim-test = Test
dim-family = p values corrected together
dim-profile = Profile
dim-number = Number
dim-from = From wave
dim-to = To wave
dim-quadrant = Quarter
dim-place = How sure the place is
dim-factor = Factor
dim-level-quantile = Quantile
dim-level-band = Level
dim-level-reason = Reason
dim-level-theme = Theme
dim-item-text = Question
table-response-rate = Response rates
table-area-mean = Means of areas
table-area-quantile = Spread of answers in areas: quantiles
table-area-gap = Distance to the target: target minus rating
table-area-shortfall = How much is lacking to the target on average
table-area-below = Share of people below their target
table-area-alpha = Consistency of statements: Cronbach's alpha
table-area-trend = Means of areas by wave
table-item-distribution = How the statements were answered
table-item-mean = Means of statements
table-item-missing = Why a statement was not answered
table-area-replicates = Area means by replicate weights
table-profile-number = How many support profiles stand apart
table-profile-area = Means of support profiles by area
table-profile-stability = Whether support profiles are found again
table-profile-share = Shares of people by support profile
table-area-shape = Spread, skewness and kurtosis of areas
table-item-shape = Spread, skewness and kurtosis of statements
table-item-top_two = Share of the two highest answers to each statement
table-item-bottom_two = Share of the two lowest answers to each statement
table-area-differences-by = Areas, differences of all groups: { $column }
table-item-differences-by = Statements, differences of all groups: { $column }
table-area-ranks-by = Areas, mean ranks of groups: { $column }
table-item-ranks-by = Statements, mean ranks of groups: { $column }
table-area-pairs-by = Areas, groups in pairs: { $column }
table-item-pairs-by = Statements, groups in pairs: { $column }
table-area-reliability = Reliability of areas
table-area-item_rest = How a statement goes with the others of its area
table-area-omega = Reliability of areas: McDonald's omega
table-area-loadings = Loadings of statements in a model of one factor
table-area-ordinal_reliability = Reliability of areas for ordered answers
table-area-polychoric = Polychoric correlations of statements
table-area-correlations = Correlations between areas
table-area-dif-by = Statements that work differently in groups: { $column }
table-area-invariance-by = Whether an area measures the same in groups: { $column }
table-area-levels = Shares of people on each level
table-area-level_errors = How many are on a wrong level because of measurement error
table-area-bounds = Bounds of the mean of the whole staff
table-area-design_effect = Effect of the sampling design by area
table-design-weights = Weights
table-area-icc = How alike people of one unit are
table-area-shrunken = Shrunken means of areas
table-area-factorability = Whether the statements suit factor analysis
table-area-eigenvalues = Eigenvalues, also of random answers
table-area-factors = Factors of areas
table-area-change = Change between waves: the same people and everybody
table-area-mixed_change = Change between waves by a model of all answers
table-area-slope = Change per wave
table-area-need = Need: importance and competence
table-area-need-ranking = Order of needs and how sure it is
table-area-need-quadrant = Needs in four quarters
table-text-theme = Themes of open answers
table-straight_lining = The same answer again and again
table-break_off = Breaking off and statements without an answer
table-item-break_off = After which statement people broke off
table-area-weighted_differences-by = Areas, weighted differences of groups: { $column }
table-item-weighted_differences-by = Statements, weighted differences of groups: { $column }
table-of-cities = { $table }: municipalities side by side
table-of-network = { $table }: the whole network for comparison
table-of-units = { $table }: by unit
