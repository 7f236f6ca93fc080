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
sure = Kuinka varmaa se on
cannot = Mitä ei voi päätellä
nothing-known = Tuloksissa ei ole yhtään lukua, joka koskisi kaikkia yhdessä.
rate = Vastausosuus on { $percent } (henkilöstöä { $n }).
rate-unknown = Henkilöstön määrää ei tiedetä, joten vastausosuutta ei voi laskea.
mean-one = Osa-alueen ”{ $name }” keskiarvo on { $value }. Asteikko on { $scale }.
mean-same = Osa-alueiden keskiarvot ovat keskenään yhtä suuret: { $value }. Asteikko on { $scale }.
mean-range = Keskiarvo on korkein osa-alueella ”{ $highest }”, { $high }, ja matalin osa-alueella ”{ $lowest }”, { $low }. Asteikko on { $scale }.
mean-interval = Suluissa on luottamusväli.
mean-clear = Näiden kahden ero on selvä: luottamusvälit eivät mene päällekkäin.
mean-unclear = Näiden kahden järjestys ei ole varma: luottamusvälit menevät päällekkäin.
gap-largest = Pisin matka tavoitteeseen on osa-alueella ”{ $name }”: { $value } askelta{ $range }.
gap-short = Tavoite jää selvästi saavuttamatta { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }.
gap-met = Tavoite ylittyy selvästi { $count ->
    [one] yhdellä osa-alueella
   *[other] { $n } osa-alueella
}: { $list }.
below-most = Eniten tavoitteesta jääviä on osa-alueella ”{ $name }”: { $value } vastaajista.
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

confidence = Luottamusvälit on laskettu { $percent }:n varmuudella: jos kysely toistettaisiin monta kertaa, näin suuri osa väleistä osuisi oikeaan lukuun.
clear-means = ”Selvästi” tarkoittaa tässä, että luottamusväli ei ulotu vertailukohtaan asti.
no-intervals = Luvuille ei voi laskea luottamusväliä, joten niiden varmuudesta ei voi sanoa mitään.
fewest = Pienin vastaajamäärä, johon jokin osa-alueen keskiarvo perustuu, on { $n }.
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
many = Ryhmien vertailuja on { $n }. Kun vertailuja on monta, jokin ero näyttää selvältä pelkästä sattumasta.

self = Luvut ovat vastaajien omia arvioita. Ne eivät kerro, mitä vastaajat todella osaavat.
cause = Erot ryhmien tai kierrosten välillä eivät kerro, mistä ne johtuvat.
nonresponse = Vastaamatta jättäneiden arvioita ei tiedetä, ja ne voivat olla toisenlaisia. Luottamusväli ei kerro tästä epävarmuudesta.
nonresponse-low = Alle 60 prosenttia vastasi. Vastaamatta jättäneiden arvioita ei tiedetä, ja ne voivat muuttaa kuvaa paljon. Luottamusväli ei kerro tästä epävarmuudesta.
withheld-count = { $count ->
    [one] Yksi luku jätetään
   *[other] { $n } lukua jätetään
} raportoimatta, koska vastaajia on liian vähän tai luvusta voisi päätellä toisen ryhmän tuloksen. Raportoimatta jätetty luku ei ole nolla.
band-count = { $count ->
    [one] Yhdestä luvusta
   *[other] { $n } luvusta
} kerrotaan vain, onko se yli vai alle keskiarvon vai lähellä sitä, koska vastaajia on vähän.
undefined-count = { $count ->
    [one] Yksi luku
   *[other] { $n } lukua
} puuttuu, koska { $reason }.
other-tables = Muista taulukoista ei ole sanallista yhteenvetoa: { $list }.

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
column-note = Huomautus
note-withheld = ei raportoida
note-below = alle keskiarvon
note-near = lähellä keskiarvoa
note-above = yli keskiarvon
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
dim-family = Korjattujen p-arvojen perhe
dim-profile = Profiili
dim-number = Määrä
table-response-rate = Vastausosuudet
table-area-mean = Osa-alueiden keskiarvot
table-area-quantile = Osa-alueiden vastausten hajonta: kvantiilit
table-area-gap = Matka tavoitteeseen: tavoite miinus arvio
table-area-shortfall = Kuinka paljon tavoitteesta jäädään keskimäärin
table-area-below = Niiden osuus, jotka jäävät tavoitteesta
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
table-of-cities = { $table }: kunnat vierekkäin
table-of-network = { $table }: koko verkosto vertailuksi
table-of-units = { $table }: yksiköittäin
