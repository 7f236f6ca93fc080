# Sammanfattningens, arbetsbokens och bildernas ord. Nycklarna finns i analysis/src/publish/output/words.rs.
title-network = Nätverket, omgång { $wave }
title-city = { $name }, omgång { $wave }
title-working = Arbetsresultat, omgång { $wave }
title-working-all = Arbetsresultat
simulated = Siffrorna är påhittade. De säger ingenting om någon verklig människa.
working = Detta är forskarens arbetsresultat. Siffrorna är inte skyddade: filen får varken publiceras eller ges vidare.
withheld-means = ”Redovisas inte”: för få har svarat, eller så kunde siffran avslöja en annan grupps resultat. Det betyder inte noll.
interval-means = Konfidensintervallet visar inom vilket område det verkliga värdet troligen ligger. Ju smalare intervall, desto säkrare värde.

known = Vad vi vet
sure = Hur säkert det är
cannot = Vad man inte kan dra slutsatser om
nothing-known = Resultaten innehåller inget värde som gäller alla tillsammans.
rate = Svarsandelen är { $percent } (antal anställda: { $n }).
rate-unknown = Antalet anställda är inte känt, så svarsandelen kan inte räknas ut.
mean-one = Medeltalet för området ”{ $name }” är { $value }. Skalan är { $scale }.
mean-same = Områdenas medeltal är lika stora: { $value }. Skalan är { $scale }.
mean-range = Medeltalet är högst i området ”{ $highest }”, { $high }, och lägst i området ”{ $lowest }”, { $low }. Skalan är { $scale }.
mean-interval = Konfidensintervallet står inom parentes.
mean-clear = Skillnaden mellan dessa två, { $value }, är tydlig: skillnadens konfidensintervall { $range } når inte noll.
mean-unclear = Ordningen mellan dessa två är inte säker: skillnaden är { $value }, och dess konfidensintervall { $range } når noll.
gap-largest = Längst till målet är det i området ”{ $name }”: { $value } steg{ $range }.
gap-short = Det är tydligt att målet inte nås i { $count ->
    [one] ett område
   *[other] { $n } områden
}: { $list }.
gap-met = Målet överträffas tydligt i { $count ->
    [one] ett område
   *[other] { $n } områden
}: { $list }.
below-most = Flest som inte når målet finns i området ”{ $name }”: { $value } av dem som svarat.
trend-up = Medeltalet har stigit tydligt sedan omgång { $from } i { $count ->
    [one] ett område
   *[other] { $n } områden
}: { $list }.
trend-down = Medeltalet har sjunkit tydligt sedan omgång { $from } i { $count ->
    [one] ett område
   *[other] { $n } områden
}: { $list }.
group-above = ”{ $group }” ligger tydligt över allas medeltal: { $list }.
group-below = ”{ $group }” ligger tydligt under allas medeltal: { $list }.
groups-more = Andra grupper som tydligt avviker från allas medeltal: { $n }. De finns i tabellen { $table }.
slope-up = Medeltalet har tydligt stigit under uppföljningen { $count ->
    [one] i ett område
   *[other] i { $n } områden
}: { $list } steg per omgång.
slope-down = Medeltalet har tydligt sjunkit under uppföljningen { $count ->
    [one] i ett område
   *[other] i { $n } områden
}: { $list } steg per omgång.
pairs-clear = Jämförelse ”{ $column }”: mellan grupperna finns { $count ->
    [one] en tydlig skillnad
   *[other] { $n } tydliga skillnader
} i { $all } jämförelser: { $list }.
pairs-clear-most = Jämförelse ”{ $column }”: mellan grupperna finns { $n } tydliga skillnader i { $all } jämförelser. De största: { $list }.
pairs-none = Jämförelse ”{ $column }”: ingen skillnad mellan grupperna är tydlig ({ $all } jämförelser). Det betyder inte att skillnader saknas.
pairs-example = Ett exempel på skillnadens storlek i området ”{ $area }”: om en svarande ur vardera gruppen väljs på måfå ligger ”{ $above }” högre än ”{ $below }” med sannolikheten { $percent } (lika räknas till hälften).
dif-found = Jämförelse ”{ $column }”: ett påstående gynnar tydligt en grupp { $count ->
    [one] i en jämförelse
   *[other] i { $n } jämförelser
} av { $all }: { $list }.
dif-none = Jämförelse ”{ $column }”: inget påstående gynnar tydligt en grupp ({ $all } jämförelser).
needs-first = Kompetensbehovet är störst i området ”{ $name }”. Behovet är desto större ju viktigare saken anses vara och ju mer kompetensen ligger efter.
needs-met = Kompetensen ligger tydligt före viktigheten { $count ->
    [one] i ett område
   *[other] i { $n } områden
}: { $list }.
quadrant-concentrate = Satsa först på detta: viktigheten är tydligt större och kompetensen tydligt svagare än områdenas medelnivå { $count ->
    [one] i ett område
   *[other] i { $n } områden
}: { $list }.
quadrant-keep = Håll i detta: både viktigheten och kompetensen är tydligt större än områdenas medelnivå { $count ->
    [one] i ett område
   *[other] i { $n } områden
}: { $list }.
levels-most = Vanligaste kompetensnivå per område: { $list }.
correlations-one = Korrelationen mellan områdena ”{ $one }” och ”{ $other }” är { $r }.
correlations-strongest = Starkast är sambandet mellan områdena ”{ $one }” och ”{ $other }”: korrelationen är { $r }.
correlations-weakest = Svagast är sambandet mellan områdena ”{ $one }” och ”{ $other }”: korrelationen är { $r }.
themes-most = De öppna svaren ({ $n }) handlar oftast om: { $list }.
icc-clear = Enheterna skiljer sig tydligt från varandra { $count ->
    [one] i ett område
   *[other] i { $n } områden
}: { $list }. Talet visar hur stor del av variationen som finns mellan enheterna.
units-clear = Enheter vars utjämnade medeltal tydligt avviker från allas medeltal: { $list }.
units-item = { $name } ({ $above } över, { $below } under)

confidence = Konfidensintervallen är beräknade med { $percent } säkerhet: om enkäten upprepades många gånger skulle så stor del av intervallen träffa det rätta värdet.
clear-means = ”Tydligt” betyder här att konfidensintervallet inte når fram till det man jämför med.
no-intervals = Det går inte att beräkna konfidensintervall, så hur säkra värdena är kan inte sägas.
fewest = Det minsta antalet svarande som ett medeltal här bygger på är { $n }.
alpha-fine = Påståendena i områdena mäter enhetligt (alfa minst { $value }).
alpha-low = Påståendena mäter inte enhetligt i { $count ->
    [one] ett område
   *[other] { $n } områden
} (alfa under { $limit }): { $list }. Ett sådant medeltal ska tolkas med försiktighet.
gap-unclear = Det går inte att säga om målet nås i { $count ->
    [one] ett område
   *[other] { $n } områden
}: { $list }.
trend-unclear = Det går inte att säga om medeltalet har förändrats sedan omgång { $from } i { $count ->
    [one] ett område
   *[other] { $n } områden
}: { $list }.
many = Antalet jämförelser mellan grupper är { $n }. När jämförelserna är många ser någon skillnad tydlig ut av en ren slump.
change-mixed = Förändringarna är beräknade med en modell som jämför dem som svarat båda gångerna med sig själva och också använder de andras svar.
change-paired = Förändringarna är beräknade för dem som svarat båda gångerna.
change-unpaired = Förändringarna är beräknade för alla som svarat, eftersom för få personers svar från två omgångar kunde kopplas ihop.
change-means = Förändringarna är beräknade av omgångarnas medeltal som om de svarande vore olika personer. Konfidensintervallet är då snarare för brett än för smalt.
change-linked = Antalet som svarade båda gångerna och kunde länkas med sin kod är { $n }. Det är { $percent } av dem som svarade i omgång { $to }.
slope-unclear = Det går inte att säga om medeltalet stiger eller sjunker under uppföljningen { $count ->
    [one] i ett område
   *[other] i { $n } områden
}: { $list }.
pairs-sure = I konfidensintervallen för gruppernas skillnader är det beaktat att ett område har många jämförelser.
invariance-fine = Jämförelse ”{ $column }”: områdena mäter tillräckligt lika i grupperna, så medeltalen kan jämföras.
nearly-sure = över { $percent }
needs-chance = Med störst sannolikhet bland de två största behoven: { $list }.
quadrant-unclear = Platsen i fyrfältet är osäker { $count ->
    [one] i ett område
   *[other] i { $n } områden
}: { $list }. Konfidensintervallet når över gränslinjen.
levels-error = På grund av mätfelet är uppskattningsvis { $percent } av de svarande på fel nivå i området ”{ $name }”, där felet är störst.
icc-unclear = Det går inte att säga om enheterna skiljer sig från varandra { $count ->
    [one] i ett område
   *[other] i { $n } områden
}: { $list }.
icc-cost = De som svarar i samma enhet liknar varandra. Om enheterna bara är ett urval säger { $n } svar i området ”{ $name }” lika mycket som { $effective } svar från olika enheter.
design-effect = På grund av urvalsdesignen är medeltalens felvarians { $low }–{ $high } gånger den i ett lika stort slumpmässigt urval. Konfidensintervallen beaktar det.
design-effect-one = På grund av urvalsdesignen är medeltalens felvarians { $low } gånger den i ett lika stort slumpmässigt urval. Konfidensintervallen beaktar det.

self = Siffrorna är de svarandes egna bedömningar. De säger inte vad de svarande faktiskt kan.
open-link = Åtminstone i en del av kommunerna har man svarat via en öppen länk. Samma person kan ha svarat flera gånger, och därför går antalet svarande och svarsandelen inte riktigt att lita på.
cause = Skillnader mellan grupper eller omgångar säger inte vad de beror på.
nonresponse = Bedömningarna hos dem som inte svarat är okända och kan vara annorlunda. Konfidensintervallet säger ingenting om den osäkerheten.
nonresponse-low = Under 60 procent svarade. Bedömningarna hos dem som inte svarat är okända och kan förändra bilden mycket. Konfidensintervallet säger ingenting om den osäkerheten.
bounds = Om man inte antar någonting om dem som inte svarat kan medeltalet för hela personalen ligga var som helst mellan dessa gränser: { $list }.
change-start = De som svarade båda gångerna började på en tydligt annan nivå än de andra { $count ->
    [one] i ett område
   *[other] i { $n } områden
}: { $list }. Deras förändring säger inte nödvändigtvis något om de andras.
slope-cannot = Förändringen per omgång visar riktningen hittills. Den förutsäger inte nästa omgång.
invariance-flagged = Jämförelse ”{ $column }”: påståendena mäter inte samma sak i grupperna { $count ->
    [one] i ett område
   *[other] i { $n } områden
}: { $list }. Gruppernas medeltal kan inte jämföras där.
dif-cannot = Ett påstående som gynnar en grupp besvaras olika i grupperna även om kompetensen annars är lika. En del av gruppernas skillnad kan bero på påståendet och inte på kompetensen.
needs-cannot = Kompetensbehovet jämför de svarandes egna bedömningar av viktighet och kompetens. Det säger inte vilket stöd som behövs.
levels-cannot = Kompetensnivåerna beskriver gruppen. Om en enskild svarande säger de inget säkert.
correlations-cannot = En korrelation visar att bedömningarna följs åt. Den säger inte om det ena beror på det andra.
themes-cannot = De öppna svarens teman har identifierats med ord. Andelen säger inte om man talar väl eller illa om temat, och en del omnämnanden kan förbli oupptäckta.
units-order = Enheterna kan inte ställas i säker ordning: konfidensintervallet för rangen är som bredast { $low }–{ $high }.
withheld-count = { $count ->
    [one] Ett värde redovisas
   *[other] { $n } värden redovisas
} inte, eftersom för få har svarat eller siffran kunde avslöja en annan grupps resultat. Ett värde som inte redovisas är inte noll.
band-count = För { $count ->
    [one] ett värde
   *[other] { $n } värden
} sägs endast om det ligger över, under eller nära medeltalet, eftersom få har svarat.
undefined-count = { $count ->
    [one] Ett värde
   *[other] { $n } värden
} saknas, eftersom { $reason }.
other-tables = { $count ->
    [one] En tabell
   *[other] { $n } tabeller
} har ingen sammanfattning i ord: { $list }.

reason-n-0 = ingen svarade
reason-n-2 = endast en person svarade
reason-n-3 = färre än tre har svarat
reason-n-4 = färre än fyra har svarat
reason-groups-2 = det finns färre än två grupper att jämföra
reason-groups-of-100-2 = färre än två grupper har hundra svarande
reason-all-tied = alla svar har samma rang
reason-not-linked = omgångarnas svarande kan inte kopplas ihop
reason-fewer-than-5 = temat har färre än fem omnämnanden
reason-fewer-than-10 = färre än tio svarande har profilen
reason-areas-3 = områdena är färre än tre
reason-zero-variance = alla svarade likadant
reason-k-2 = det bara finns ett påstående
reason-no-target = inget mål har ställts upp
reason-not-asked = saken inte frågades
reason-frame-unknown = antalet anställda inte är känt
reason-frame-smaller-than-answers = svaren är fler än de anställda
reason-k-3 = påståendena är färre än tre
reason-n-k = de som svarat inte är fler än påståendena
reason-singular-matrix = något påstående helt följer av de andra
reason-uniqueness-at-its-bound = mätmodellen inte passar materialet (Heywood)
reason-correlation-at-its-bound = två påståenden helt motsvarar varandra
reason-no-degrees-of-freedom = värdena är för få för att anpassa modellen
reason-complete-separation = svaren skiljer grupperna helt åt
reason-too-few-values = de olika svaren är för få
reason-no-correlation = ett påstående hänger inte ihop med något annat
reason-no-optimum-found = beräkningen inte hittade någon lösning
reason-no-design = ingen urvalsdesign har angetts
reason-raked-weights = vikterna är anpassade till personalens fördelningar, och anpassningen upprepas inte
reason-everybody-answered = alla svarade
reason-units-2 = enheterna är färre än två
reason-one-answer-in-every-unit = varje enhet bara har ett svar
reason-no-variance-between-units = enheterna inte skiljer sig åt
reason-single-units-only = siffran gäller bara enskilda enheter
reason-rate-of-60-or-more = minst 60 procent svarade
reason-waves-3 = omgångarna är färre än tre
reason-items-changed = påståendena har ändrats mellan omgångarna

picture-profile = Områden och mål
picture-groups = Områden enligt grupp
picture-answers = Svarens fördelning
picture-needs-first = Satsa först på: { $list }
picture-needs-none = Inget område behöver tydligt större satsning än de andra
picture-needs-of = Kompetens och viktighet per område
picture-measure = { $whom }. { $of }
picture-simulated = Siffrorna är påhittade.
picture-working = Oskyddade siffror, får inte publiceras.
scale-of = Skala { $from }–{ $to }
score = Egen bedömning
target = Mål
share = Andel av dem som svarat

sheet-about = Läs först
sheet-too-long = Tabellen är för lång för en arbetsbok. Den finns i sin helhet i CSV-filen.
column-table = Tabell
column-value = Värde
column-se = Medelfel
column-low = Intervallets nedre gräns
column-high = Intervallets övre gräns
column-n = Svarande
column-n-staff = Anställda
column-n-cells = Svarande eller svarsplatser
column-n-answers = Svar
column-note = Anmärkning
note-withheld = redovisas inte
note-below = under medeltalet
note-near = nära medeltalet
note-above = över medeltalet
dim-area = Område
dim-item = Påstående
dim-level = Svar
dim-wave = Omgång
dim-municipality = Kommun
dim-unit = Enhet
dim-role = Uppgift
dim-role_group = Uppgiftsgrupp
dim-term = Del
dim-with = Jämfört med
dim-test = Test
dim-family = p-värden som korrigerats tillsammans
dim-profile = Profil
dim-number = Antal
dim-from = Från omgång
dim-to = Till omgång
dim-quadrant = Fält
dim-place = Hur säkert läget är
dim-factor = Faktor
dim-level-quantile = Kvantil
dim-level-band = Kompetensnivå
dim-level-reason = Orsak
dim-level-theme = Tema
dim-item-text = Fråga
table-response-rate = Svarsandelar
table-area-mean = Områdenas medeltal
table-area-quantile = Svarens spridning i områdena: kvantiler
table-area-gap = Avstånd till målet: mål minus bedömning
table-area-shortfall = Hur mycket som i medeltal fattas till målet
table-area-below = Andelen som inte når målet
table-area-alpha = Påståendenas enhetlighet: Cronbachs alfa
table-area-trend = Områdenas medeltal enligt omgång
table-item-distribution = Svarens fördelning på påståendena
table-item-mean = Påståendenas medeltal
table-item-missing = Varför ett påstående inte besvarades
table-area-replicates = Områdenas medelvärden med replikatvikter
table-profile-number = Hur många stödprofiler som urskiljs i svaren
table-profile-area = Stödprofilernas medelvärden per område
table-profile-stability = Återfinns stödprofilerna
table-profile-share = Andelen svarande per stödprofil
table-area-shape = Områdenas spridning, snedhet och toppighet
table-item-shape = Påståendenas spridning, snedhet och toppighet
table-item-top_two = Andelen som gav något av de två högsta svaren
table-item-bottom_two = Andelen som gav något av de två lägsta svaren
table-area-differences-by = Områden, skillnader mellan alla grupper: { $column }
table-item-differences-by = Påståenden, skillnader mellan alla grupper: { $column }
table-area-ranks-by = Områden, gruppernas medelranger: { $column }
table-item-ranks-by = Påståenden, gruppernas medelranger: { $column }
table-area-pairs-by = Områden, grupperna parvis: { $column }
table-item-pairs-by = Påståenden, grupperna parvis: { $column }
table-area-reliability = Områdenas reliabilitet
table-area-item_rest = Hur påståendet hänger ihop med områdets övriga påståenden
table-area-omega = Områdenas reliabilitet: McDonalds omega
table-area-loadings = Påståendenas laddningar i en modell med en faktor
table-area-ordinal_reliability = Områdenas reliabilitet när svaren är ordnade
table-area-polychoric = Påståendenas polykoriska korrelationer
table-area-correlations = Korrelationer mellan områdena
table-area-dif-by = Påståenden som fungerar olika i grupperna: { $column }
table-area-invariance-by = Mäter området samma sak i grupperna: { $column }
table-area-levels = Andelen svarande på varje kompetensnivå
table-area-level_errors = Hur många som mätfelet placerar på fel nivå
table-area-bounds = Gränser som hela personalens medeltal ligger mellan
table-area-design_effect = Urvalsdesignens effekt per område
table-design-weights = Vikterna
table-area-icc = Hur mycket svarande i samma enhet liknar varandra
table-area-shrunken = Områdenas utjämnade medeltal
table-area-factorability = Lämpar sig påståendena för faktoranalys
table-area-eigenvalues = Egenvärden, även för slumpmässiga svar
table-area-factors = Områdenas faktorer
table-area-change = Förändring mellan omgångar: samma svarande och alla
table-area-mixed_change = Förändring mellan omgångar enligt en modell av alla svar
table-area-slope = Förändring per omgång
table-area-need = Kompetensbehov: viktighet och kompetens
table-area-need-ranking = Kompetensbehovens ordning och hur säker den är
table-area-need-quadrant = Kompetensbehoven i ett fyrfält
table-text-theme = Teman i de öppna svaren
table-straight_lining = Samma svar på påstående efter påstående
table-break_off = Avbrutna enkäter och påståenden utan svar
table-item-break_off = Vid vilket påstående enkäten avbröts
table-area-weighted_differences-by = Områden, viktade skillnader mellan grupper: { $column }
table-item-weighted_differences-by = Påståenden, viktade skillnader mellan grupper: { $column }
table-of-cities = { $table }: kommunerna bredvid varandra
table-of-network = { $table }: hela nätverket som jämförelse
table-of-units = { $table }: enligt enhet
