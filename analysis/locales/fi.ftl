# Yhteenvedon, työkirjan ja kuvien sanat. Avaimet luetellaan tiedostossa analysis/src/publish/output/words.rs.
title-network = Verkosto, kierros { $wave }
title-city = { $name }, kierros { $wave }
title-working = Työtulos, kierros { $wave }
title-working-all = Työtulos
simulated = Luvut ovat keksittyjä. Ne eivät kerro kenestäkään oikeasta ihmisestä.
working = Tämä on tutkijan työtulos. Lukuja ei ole suojattu: tiedostoa ei saa julkaista eikä antaa eteenpäin.
withheld-means = ”Ei raportoida”: vastaajia on liian vähän, tai luvusta voisi päätellä toisen ryhmän tuloksen. Se ei tarkoita nollaa.
interval-means = Luottamusväli kertoo, millä alueella todellinen luku uskottavasti on. Mitä kapeampi väli on, sitä varmempi luku on.

known = Mitä tiedetään
sure = Kuinka varmoja luvut ovat
cannot = Mitä ei voi päätellä
nothing-known = Tuloksissa ei ole yhtään lukua, joka koskisi kaikkia yhdessä.
rate = Vastausosuus on { $percent } (henkilöstöä { $n }).
rate-unknown = Henkilöstön määrää ei tiedetä, joten vastausosuutta ei voi laskea.
mean-one = Osa-alueen ”{ $name }” keskiarvo on { $value }. Asteikko on { $scale }.
mean-same = Osa-alueiden keskiarvot ovat keskenään yhtä suuret: { $value }. Asteikko on { $scale }.
mean-range = Keskiarvo on korkein osa-alueella ”{ $highest }”, { $high }, ja matalin osa-alueella ”{ $lowest }”, { $low }. Asteikko on { $scale }.
mean-interval = Suluissa on luottamusväli.
mean-clear = Näiden kahden ero, { $value }, on selvä: eron luottamusväli { $range } ei ulotu nollaan.
mean-unclear = Näiden kahden järjestys ei ole varma: erotus on { $value }, ja sen luottamusväli { $range } ulottuu nollaan.
gap-largest = Kauimpana tavoitteesta ollaan osa-alueella ”{ $name }”: matkaa on { $value } askelta{ $range }.
gap-short = Tavoite jää selvästi saavuttamatta { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }.
gap-met = Tavoite ylittyy selvästi { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }.
below-most = Tavoitteesta jäädään useimmin osa-alueella ”{ $name }”: { $value } vastaajista.
trend-up = Keskiarvo on noussut selvästi kierroksesta { $from } { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }.
trend-down = Keskiarvo on laskenut selvästi kierroksesta { $from } { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }.
group-above = ”{ $group }” on selvästi kaikkien keskiarvon yläpuolella: { $list }.
group-below = ”{ $group }” on selvästi kaikkien keskiarvon alapuolella: { $list }.
groups-more = Muita ryhmiä, jotka poikkeavat selvästi kaikkien keskiarvosta: { $n }. Ne ovat taulukossa { $table }.
slope-up = Keskiarvo on noussut selvästi seurantajakson aikana { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list } askelta kierrosta kohden.
slope-down = Keskiarvo on laskenut selvästi seurantajakson aikana { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list } askelta kierrosta kohden.
pairs-clear = Vertailu ”{ $column }”: ryhmien välillä on { $count ->
    [one] yksi selvä ero
   *[other] { $n } selvää eroa
}, kun vertailuja on { $all }: { $list }.
pairs-clear-most = Vertailu ”{ $column }”: ryhmien välillä on { $n } selvää eroa, kun vertailuja on { $all }. Suurimmat erot: { $list }.
pairs-none = Vertailu ”{ $column }”: yksikään ryhmien ero ei ole selvä (vertailuja { $all }). Se ei tarkoita, että eroja ei ole.
pairs-example = Esimerkki eron suuruudesta osa-alueella ”{ $area }”: kun kummastakin ryhmästä poimitaan sattumalta yksi vastaaja, ”{ $above }” on korkeammalla kuin ”{ $below }” { $percent }:n todennäköisyydellä (tasatulos lasketaan puoliksi).
dif-found = Vertailu ”{ $column }”: väittämä suosii selvästi toista ryhmää { $count ->
    [one] yhdessä vertailussa
   *[other] { $n } vertailussa
}, kun vertailuja on { $all }: { $list }.
dif-none = Vertailu ”{ $column }”: mikään väittämä ei suosi selvästi toista ryhmää (vertailuja { $all }).
needs-first = Osaamistarve on suurin osa-alueella ”{ $name }”. Tarve on sitä suurempi, mitä tärkeämpänä asiaa pidetään ja mitä enemmän osaaminen jää siitä jälkeen.
needs-met = Osaaminen on selvästi tärkeyttä edellä { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }.
quadrant-concentrate = Panosta ensin: tärkeys on selvästi osa-alueiden keskitasoa suurempi ja osaaminen selvästi sitä heikompi { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }.
quadrant-keep = Pidä yllä: sekä tärkeys että osaaminen ovat selvästi osa-alueiden keskitasoa suurempia { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }.
levels-most = Yleisin osaamistaso osa-alueittain: { $list }.
correlations-one = Osa-alueiden ”{ $one }” ja ”{ $other }” korrelaatio on { $r }.
correlations-strongest = Vahvin yhteys on osa-alueiden ”{ $one }” ja ”{ $other }” välillä: korrelaatio on { $r }.
correlations-weakest = Heikoin yhteys on osa-alueiden ”{ $one }” ja ”{ $other }” välillä: korrelaatio on { $r }.
themes-most = Avoimissa vastauksissa ({ $n }) puhutaan useimmin näistä: { $list }.
icc-clear = Yksiköt eroavat selvästi toisistaan { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }. Luku kertoo, kuinka suuri osa arvioiden vaihtelusta on yksiköiden välillä.
units-clear = Yksiköitä, joiden tasoitettu keskiarvo poikkeaa selvästi kaikkien keskiarvosta: { $list }.
units-item = { $name } ({ $above } yläpuolella, { $below } alapuolella)

confidence = Luottamusvälit on laskettu { $percent }:n varmuudella: jos kysely toistettaisiin monta kertaa, näin suuri osa väleistä sisältäisi oikean luvun.
clear-means = ”Selvästi” tarkoittaa tässä, että luottamusväli ei ulotu vertailukohtaan asti.
no-intervals = Luvuille ei voi laskea luottamusväliä, joten niiden varmuudesta ei voi sanoa mitään.
fewest = Pienin vastaajamäärä, johon jokin tässä mainittu keskiarvo perustuu, on { $n }.
alpha-fine = Osa-alueiden väittämät mittaavat yhtenäisesti (alfa vähintään { $value }).
alpha-low = Väittämät eivät mittaa yhtenäisesti { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
} (alfa alle { $limit }): { $list }. Tällaiseen keskiarvoon on syytä suhtautua varoen.
gap-unclear = Ei voi sanoa, täyttyykö tavoite { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }.
trend-unclear = Ei voi sanoa, onko keskiarvo muuttunut kierroksesta { $from } { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }.
many = Ryhmiä on verrattu { $n } kertaa. Kun vertailuja on monta, jokin ero voi näyttää selvältä pelkän sattuman vuoksi.
change-mixed = Muutokset on laskettu mallilla, joka vertaa molemmilla kierroksilla vastanneita itseensä ja käyttää myös muiden vastauksia.
change-paired = Muutokset on laskettu niistä, jotka vastasivat molemmilla kierroksilla.
change-unpaired = Muutokset on laskettu kaikista vastanneista, sillä liian harvan vastaukset kahdelta kierrokselta voitiin yhdistää.
change-means = Muutokset on laskettu kierrosten keskiarvoista niin kuin vastaajat olisivat eri ihmisiä. Luottamusväli on silloin pikemminkin liian leveä kuin liian kapea.
change-linked = Koodin avulla tunnistettuja, molemmilla kierroksilla vastanneita on { $n }. Se on { $percent } kierroksen { $to } vastaajista.
slope-unclear = Ei voi sanoa, nouseeko vai laskeeko keskiarvo seurantajakson aikana { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }.
pairs-sure = Ryhmien erojen luottamusväleissä on otettu huomioon, että samalla osa-alueella on monta vertailua.
invariance-fine = Vertailu ”{ $column }”: osa-alueet mittaavat ryhmissä riittävän samalla tavalla, joten keskiarvoja voi verrata.
nearly-sure = yli { $percent }
needs-chance = Kahden suurimman osaamistarpeen joukossa ovat todennäköisimmin: { $list }.
quadrant-unclear = Paikka nelikentässä on epävarma { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }. Luottamusväli ulottuu rajaviivan yli.
levels-error = Mittausvirheen takia arviolta { $percent } vastaajista on väärällä osaamistasolla osa-alueella ”{ $name }”, jossa virhe on suurin.
icc-unclear = Ei voi sanoa, eroavatko yksiköt toisistaan { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }.
icc-cost = Saman yksikön vastaajat muistuttavat toisiaan. Jos vastanneet yksiköt ovat vain otos, { $n } vastausta kertoo osa-alueella ”{ $name }” yhtä paljon kuin { $effective } vastausta eri yksiköistä.
design-effect = Otanta-asetelman takia keskiarvojen virhevarianssi on { $low }–{ $high }-kertainen yhtä suureen satunnaisotokseen verrattuna. Luottamusväleissä se on otettu huomioon.
design-effect-one = Otanta-asetelman takia keskiarvojen virhevarianssi on { $low }-kertainen yhtä suureen satunnaisotokseen verrattuna. Luottamusväleissä se on otettu huomioon.

self = Luvut ovat vastaajien omia arvioita. Ne eivät kerro, mitä vastaajat todella osaavat.
open-link = Avoimesta linkistä on vastattu ainakin osassa kunnista. Sama ihminen on voinut vastata monta kertaa, joten vastaajien määriin ja vastausosuuteen voi luottaa vain vähän.
cause = Erot ryhmien tai kierrosten välillä eivät kerro, mistä ne johtuvat.
nonresponse = Vastaamatta jättäneiden arvioita ei tiedetä, ja ne voivat olla toisenlaisia. Luottamusväli ei kerro tästä epävarmuudesta.
nonresponse-low = Alle 60 prosenttia vastasi. Vastaamatta jättäneiden arvioita ei tiedetä, ja ne voivat muuttaa kuvaa paljon. Luottamusväli ei kerro tästä epävarmuudesta.
bounds = Jos vastaamatta jättäneistä ei oleteta mitään, koko henkilöstön keskiarvo voi olla missä tahansa näiden rajojen välissä: { $list }.
change-start = Molemmilla kierroksilla vastanneiden lähtötaso poikkesi selvästi muista { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }. Heidän muutoksensa ei välttämättä kerro muiden muutoksesta.
slope-cannot = Muutos kierrosta kohden kertoo tähänastisen suunnan. Se ei ennusta seuraavaa kierrosta.
invariance-flagged = Vertailu ”{ $column }”: väittämät eivät mittaa ryhmissä samaa asiaa { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }. Ryhmien keskiarvoja ei voi siellä verrata toisiinsa.
dif-cannot = Ryhmää suosivaan väittämään vastataan ryhmissä eri tavoin, vaikka osaaminen olisi muuten sama. Osa ryhmien erosta voi johtua väittämästä eikä osaamisesta.
needs-cannot = Osaamistarve vertaa vastaajien omia arvioita tärkeydestä ja osaamisesta. Se ei kerro, millaista tukea tarvitaan.
levels-cannot = Osaamistasot kuvaavat ryhmää. Yksittäisestä vastaajasta ne eivät kerro varmasti.
correlations-cannot = Korrelaatio kertoo, että arviot kulkevat yhdessä. Se ei kerro, johtuuko toinen toisesta.
themes-cannot = Avointen vastausten teemat on tunnistettu sanoista. Osuus ei kerro, puhutaanko teemasta hyvään vai huonoon sävyyn, ja osa maininnoista voi jäädä huomaamatta.
units-order = Yksiköitä ei voi panna varmaan järjestykseen: sijan luottamusväli on leveimmillään { $low }–{ $high }.
withheld-count = { $count ->
    [one] Yksi luku jätetään
   *[other] { $n } lukua jätetään
} raportoimatta, koska vastaajia on liian vähän tai luvusta voisi päätellä toisen ryhmän tuloksen. Raportoimatta jätetty luku ei ole nolla.
band-count = { $count ->
    [one] Yhdestä luvusta
   *[other] { $n } luvusta
} kerrotaan vain, onko luku keskiarvon yläpuolella, alapuolella vai lähellä sitä, koska vastaajia on vähän.
undefined-count = { $count ->
    [one] Yksi luku
   *[other] { $n } lukua
} puuttuu, koska { $reason }.
other-tables = { $count ->
    [one] Yhdestä taulukosta
   *[other] { $n } taulukosta
} ei ole sanallista yhteenvetoa: { $list }.

reason-n-0 = kukaan ei vastannut
reason-n-2 = vastaajia on vain yksi
reason-n-3 = vastaajia on alle kolme
reason-n-4 = vastaajia on alle neljä
reason-groups-2 = vertailtavia ryhmiä on alle kaksi
reason-groups-of-100-2 = alle kahdessa ryhmässä on sata vastaajaa
reason-all-tied = kaikki vastaukset ovat samalla sijalla
reason-not-linked = kierrosten vastaajia ei voi yhdistää
reason-fewer-than-5 = mainintoja on alle viisi
reason-fewer-than-10 = profiilissa on alle kymmenen vastaajaa
reason-areas-3 = osa-alueita on alle kolme
reason-zero-variance = kaikki vastasivat samalla tavalla
reason-k-2 = väittämiä on vain yksi
reason-no-target = tavoitetta ei ole asetettu
reason-not-asked = asiaa ei kysytty
reason-frame-unknown = henkilöstön määrää ei tiedetä
reason-frame-smaller-than-answers = vastauksia on enemmän kuin henkilöstöä
reason-k-3 = väittämiä on alle kolme
reason-n-k = vastaajia ei ole enempää kuin väittämiä
reason-singular-matrix = jokin väittämä seuraa täysin muista
reason-uniqueness-at-its-bound = mittausmalli ei sovi aineistoon (Heywood)
reason-correlation-at-its-bound = kaksi väittämää vastaa täysin toisiaan
reason-no-degrees-of-freedom = lukuja on liian vähän mallin sovittamiseen
reason-complete-separation = vastaukset erottavat ryhmät täysin toisistaan
reason-too-few-values = erilaisia vastauksia on liian vähän
reason-no-correlation = väittämä ei liity mihinkään muuhun
reason-no-optimum-found = laskenta ei löytänyt ratkaisua
reason-no-design = otanta-asetelmaa ei ole annettu
reason-raked-weights = painot on sovitettu väestön jakaumiin, eikä sovitusta toisteta
reason-everybody-answered = kaikki vastasivat
reason-units-2 = yksiköitä on alle kaksi
reason-one-answer-in-every-unit = jokaisesta yksiköstä on vain yksi vastaus
reason-no-variance-between-units = yksiköt eivät eroa toisistaan
reason-single-units-only = luku koskee vain yksittäisiä yksiköitä
reason-rate-of-60-or-more = vähintään 60 prosenttia vastasi
reason-waves-3 = kierroksia on alle kolme
reason-items-changed = väittämät ovat muuttuneet kierrosten välillä

picture-profile = Osa-alueet ja tavoitteet
picture-groups = Osa-alueet ryhmittäin
picture-answers = Vastausten jakaumat
picture-needs-first = Panosta ensin: { $list }
picture-needs-none = Mikään osa-alue ei selvästi kaipaa panostusta muita enemmän
picture-needs-of = Osaaminen ja tärkeys osa-alueittain
picture-measure = { $whom }. { $of }
picture-simulated = Luvut ovat keksittyjä.
picture-working = Suojaamattomia lukuja, ei julkaistavaksi.
scale-of = Asteikko { $from }–{ $to }
score = Oma arvio
target = Tavoite
share = Osuus vastanneista

sheet-about = Lue ensin
sheet-too-long = Taulukko on liian pitkä työkirjaan. Se on kokonaan CSV-tiedostossa.
column-table = Taulukko
column-value = Luku
column-se = Keskivirhe
column-low = Välin alaraja
column-high = Välin yläraja
column-n = Vastaajia
column-n-staff = Henkilöstöä
column-n-cells = Vastaajia tai väittämäkohtia
column-n-answers = Vastauksia
column-note = Huomautus
note-withheld = ei raportoida
note-below = keskiarvon alapuolella
note-near = lähellä keskiarvoa
note-above = keskiarvon yläpuolella
dim-area = Osa-alue
dim-item = Väittämä
dim-level = Vastaus
dim-wave = Kierros
dim-municipality = Kunta
dim-unit = Yksikkö
dim-role = Tehtävä
dim-role_group = Tehtäväryhmä
dim-term = Osa
dim-with = Verrattuna
dim-test = Testi
dim-family = Yhdessä korjatut p-arvot
dim-profile = Profiili
dim-number = Määrä
dim-from = Kierroksesta
dim-to = Kierrokseen
dim-quadrant = Neljännes
dim-place = Paikan varmuus
dim-factor = Faktori
dim-level-quantile = Kvantiili
dim-level-band = Osaamistaso
dim-level-reason = Syy
dim-level-theme = Teema
dim-item-text = Kysymys
table-response-rate = Vastausosuudet
table-area-mean = Osa-alueiden keskiarvot
table-area-quantile = Osa-alueiden vastausten hajonta: kvantiilit
table-area-gap = Matka tavoitteeseen: tavoite miinus arvio
table-area-shortfall = Kuinka paljon tavoitteesta jäädään keskimäärin
table-area-below = Tavoitteesta jäävien osuus
table-area-alpha = Väittämien yhtenäisyys: Cronbachin alfa
table-area-trend = Osa-alueiden keskiarvot kierroksittain
table-item-distribution = Väittämien vastausten jakaumat
table-item-mean = Väittämien keskiarvot
table-item-missing = Miksi väittämään ei vastattu
table-area-replicates = Osa-alueiden keskiarvot toistopainoin
table-profile-number = Kuinka monta tukiprofiilia vastauksista erottuu
table-profile-area = Tukiprofiilien keskiarvot osa-alueittain
table-profile-stability = Löytyvätkö tukiprofiilit uudelleen
table-profile-share = Vastaajien osuudet tukiprofiileittain
table-area-shape = Osa-alueiden hajonta, vinous ja huipukkuus
table-item-shape = Väittämien hajonta, vinous ja huipukkuus
table-item-top_two = Kahden ylimmän vastauksen osuus väittämittäin
table-item-bottom_two = Kahden alimman vastauksen osuus väittämittäin
table-area-differences-by = Osa-alueet, ryhmien erot yhdessä: { $column }
table-item-differences-by = Väittämät, ryhmien erot yhdessä: { $column }
table-area-ranks-by = Osa-alueet, ryhmien keskisijat: { $column }
table-item-ranks-by = Väittämät, ryhmien keskisijat: { $column }
table-area-pairs-by = Osa-alueet, ryhmät pareittain: { $column }
table-item-pairs-by = Väittämät, ryhmät pareittain: { $column }
table-area-reliability = Osa-alueiden luotettavuus
table-area-item_rest = Miten väittämä liittyy osa-alueen muihin väittämiin
table-area-omega = Osa-alueiden luotettavuus: McDonaldin omega
table-area-loadings = Väittämien lataukset yhden tekijän mallissa
table-area-ordinal_reliability = Osa-alueiden luotettavuus, kun vastaukset ovat järjestysasteikolla
table-area-polychoric = Väittämien polykoriset korrelaatiot
table-area-correlations = Osa-alueiden väliset korrelaatiot
table-area-dif-by = Väittämät, jotka toimivat ryhmissä eri tavoin: { $column }
table-area-invariance-by = Mittaako osa-alue ryhmissä samaa asiaa: { $column }
table-area-levels = Vastaajien osuudet osaamistasoittain
table-area-level_errors = Kuinka moni on väärällä osaamistasolla mittausvirheen takia
table-area-bounds = Rajat, joiden välissä koko henkilöstön keskiarvo on
table-area-design_effect = Otanta-asetelman vaikutus osa-alueittain
table-design-weights = Painot
table-area-icc = Kuinka paljon saman yksikön vastaajat muistuttavat toisiaan
table-area-shrunken = Osa-alueiden tasoitetut keskiarvot
table-area-factorability = Soveltuvatko väittämät faktorianalyysiin
table-area-eigenvalues = Ominaisarvot ja satunnaisten vastausten ominaisarvot
table-area-factors = Osa-alueiden faktorit
table-area-change = Muutos kierrosten välillä: samat vastaajat ja kaikki
table-area-mixed_change = Muutos kierrosten välillä mallista, joka käyttää kaikkia vastauksia
table-area-slope = Muutos kierrosta kohden
table-area-need = Osaamistarve: tärkeys ja osaaminen
table-area-need-ranking = Osaamistarpeiden järjestys ja sen varmuus
table-area-need-quadrant = Osaamistarpeet nelikentässä
table-text-theme = Avointen vastausten teemat
table-straight_lining = Samalla tavalla vastaaminen väittämästä toiseen
table-break_off = Kyselyn keskeyttäminen ja vastaamatta jätetyt väittämät
table-item-break_off = Mihin väittämään kysely keskeytettiin
table-area-weighted_differences-by = Osa-alueet, ryhmien erot painotettuina: { $column }
table-item-weighted_differences-by = Väittämät, ryhmien erot painotettuina: { $column }
table-of-cities = { $table }: kunnat vierekkäin
table-of-network = { $table }: koko verkosto vertailuksi
table-of-units = { $table }: yksiköittäin
