# Suomi on lähdekieli. Sama viesti ja samat muuttujat ovat kaikissa kielissä; testi valvoo.

## Joka sivulla

skip-link = Siirry sisältöön
language-label = Kieli
title-with-problems = Korjattavaa: { $title }
banner-simulated = Kokeilu: kaikki on keksittyä.
foot-line = ICTeko, kaupunkien yhteinen kysely digitaalisista valmiuksista työssä
sign-out = Kirjaudu ulos
print = Tulosta
problems-heading =
    { $count ->
        [one] Yksi kohta pitää korjata
       *[other] { $count } kohtaa pitää korjata
    }

## Etusivu

start-title = Digitaaliset valmiudet työssä
start-lead = Saitko työpaikaltasi vastauskoodin? Vastaa kyselyyn, niin näet heti oman profiilisi ja kolme seuraavaa askelta.
start-open-now = Nyt auki: { $surveys }
start-answer = Vastaa kyselyyn
start-return = Katso tuloksesi uudelleen tai poista vastauksesi paluukoodilla
start-promise-heading = Tähän voit luottaa
start-promise-anonymous = Vastaat koodilla ilman nimeä. Kun vastaukset on sekoitettu, kukaan ei voi sanoa, mitkä niistä ovat sinun.
start-promise-pause = Voit keskeyttää ja jatkaa samalla koodilla, vaikka toisella laitteella.
start-promise-profile = Oma profiilisi näkyy vain sinulle.
start-others-heading = Muille
start-handbook = Lue käsikirja
start-coordinator = Koordinaattorin sivut

## Vastauskoodi

code-title = Kirjoita vastauskoodi
code-lead = Koodi on lapussa tai viestissä, jonka sait työpaikaltasi. Jos aloitit linkistä, kirjoita tähän jatkokoodisi.
code-label = Vastauskoodi
code-hint = 16 merkkiä neljässä ryhmässä. Isot ja pienet kirjaimet käyvät, ja väliviivat saa jättää pois.
code-go = Jatka
code-empty = Kirjoita koodi, jonka sait työpaikaltasi.
code-unknown = Koodia ei löytynyt. Tarkista merkit tai pyydä uusi koodi siltä, joka jakoi sen sinulle.
code-too-many-tries = Koodia on yritetty monta kertaa peräkkäin. Odota kymmenen minuuttia ja yritä uudelleen.
code-missing-heading = Eikö sinulla ole koodia?
code-missing = Pyydä koodi esihenkilöltäsi tai yksikkösi digivastaavalta. Koodi ei kerro, kuka olet.
code-return-heading = Oletko jo lähettänyt vastauksesi?

## Ennen kysymyksiä

privacy-title = Ennen kuin aloitat
privacy-heading = Näin tietojasi käsitellään
privacy-duty-heading = Mistä kaupunki huolehtii itse
privacy-duty = Tämä ohjelma ei poista nimiä avovastauksista eikä tee tai poista varmuuskopioita ja palvelimen lokia. Niistä yllä luvatut asiat hoitaa kaupunki. Jos haluat tietää, miten, kysy kaupungin tietosuojavastaavalta.
privacy-time = Varaa noin { $minutes } minuuttia. Voit pitää taukoja.
privacy-time-until = Varaa noin { $minutes } minuuttia. Voit pitää taukoja. Kysely on auki { $date } asti.
privacy-go = Jatka kysymyksiin
notice-mode-heading = Näin tähän kyselyyn vastataan
notice-codes = Vastaat kertakäyttöisellä koodilla, jonka sait työpaikaltasi. Koodit jaetaan sekoitettuina, eikä siitä pidetä luetteloa, kuka sai minkäkin koodin. Kun vastaukset on sekoitettu, kukaan ei voi yhdistää niitä koodiin.
notice-open-link = Vastaat linkistä. Palvelu ei tunne vastaajia, eikä kukaan tiedä, kuka linkin avasi.
notice-open-link-once = Vastaa vain kerran. Sitä ei voi valvoa, kun vastaajia ei tunneta, joten vastaajien määrään luotetaan tässä kyselyssä vain vähän.
notice-open-link-code = Kun selosteessa puhutaan koodista, se tarkoittaa jatkokoodia, jonka sait aloittaessasi. Koodeja ei jaeta työpaikalla, ja yksikkö tulee linkistä tai valinnastasi.
notice-return = Lähetettyäsi saat paluukoodin. Vain sillä, ei vastauskoodilla, tuloksesi voi katsoa uudelleen tai vastauksesi poistaa siihen asti, kun tulokset vahvistetaan.

## Avoin linkki

open-title = Avoin kysely
open-lead = Et tarvitse koodia. Palvelu ei tiedä, kuka linkin avasi.
open-once = Vastaa vain kerran. Palvelu ei voi valvoa sitä, koska se ei tunne vastaajia.
open-unit = Missä yksikössä työskentelet?
open-choose-unit = Valitse yksikkö
open-no-unit = Valitse yksikkö, jossa työskentelet.
open-go = Aloita
open-resume = Oletko jo aloittanut? Jatka jatkokoodillasi.
open-begun = Tällä laitteella on kysely kesken.
open-begun-go = Jatka sitä
open-code-title = Jatkokoodisi
open-code-why = Kirjoita koodi muistiin. Jos keskeytät, jatkat sillä siitä, mihin jäit, vaikka toisella laitteella.
open-code-only = Koodia ei näytetä uudelleen. Keskeneräiset vastauksesi salataan sillä, eikä palvelu säilytä sitä.
open-code-go = Jatka

## Paluukoodi

return-own = Paluukoodi vain sinulle. Sillä näet profiilin uudelleen tai poistat vastauksesi. Kirjoita se muistiin:
return-title = Palaa lähetettyihin vastauksiisi
return-lead = Sait paluukoodin, kun lähetit vastauksesi. Koodi toimii siihen asti, kun tulokset vahvistetaan.
return-label = Paluukoodi
return-hint = 28 merkkiä seitsemässä ryhmässä. Isot ja pienet kirjaimet käyvät, ja väliviivat saa jättää pois.
return-show = Näytä tulokseni
return-withdraw = Poista vastaukseni
return-empty = Kirjoita paluukoodi.
return-unknown = Koodilla ei löydy vastauksia. Tarkista merkit. Jos ne ovat oikein, vastaukset on jo poistettu tai tulokset on vahvistettu.
return-lost-heading = Onko koodi kadonnut?
return-lost = Kukaan ei voi antaa sitä uudelleen eikä etsiä vastauksiasi, sillä palvelu ei tiedä, mitkä niistä ovat sinun.
withdraw-title = Poistetaanko vastauksesi?
withdraw-gone = Kaikki lähettämäsi vastaukset poistetaan heti ja lopullisesti. Kukaan ei saa tietää, kuka ne poisti.
withdraw-not-again = Samalla vastauskoodilla ei voi vastata uudelleen.
withdraw-published = Jo lasketuista tuloksista vastauksesi ei poistu. Niissä se on vain osana ryhmän lukuja.
withdraw-go = Poista vastaukseni
withdraw-not = Älä poista
withdrawn-title = Vastauksesi on poistettu
withdrawn-why = Palvelussa ei ole enää vastauksiasi, eikä paluukoodi avaa mitään.
withdrawn-next = Varmuuskopioista ne häviävät viimeistään, kun kopioiden säilytysaika päättyy.

## Tehtävä

position-title = Mitä työtä teet?
position-lead = Tehtäväsi ratkaisee, mitä sinulta kysytään ja mihin tavoitteeseen profiiliasi verrataan.
position-has-answers = Olet jo vastannut osaan kysymyksistä. Jos vaihdat tehtävää, jotkin kysymykset voivat vaihtua; annetut vastaukset säilyvät niissä, jotka pysyvät.
position-role = Tehtävä
position-role-hint = Valitse se, jota teet eniten. Jos olet sijainen, valitse sen henkilön tehtävä, jonka sijaisena olet.
position-duties = Lisätehtävät
position-duties-hint = Valitse kaikki, jotka kuuluvat työhösi. Voit myös jättää tyhjäksi.
position-employment = Oletko sijainen?
position-employment-hint = Sijaisen kysely on lyhyempi.
position-employment-none = En ole sijainen
position-go = Jatka
position-no-role = Valitse tehtäväsi. Jos sopivaa ei ole, valitse lähin.
position-unknown-role = Valintaa ei tunnistettu. Valitse tehtävä luettelosta.

## Kysymykset

progress-answered = Vastattu { $figure }
progress-page = Sivu { $number } / { $pages }
section-saved = Tallennettu. Voit sulkea sivun ja jatkaa samalla koodilla.
section-unsaved = Muutoksia ei ole vielä tallennettu. Ne tallentuvat, kun siirryt eteenpäin, takaisin tai keskeytät.
section-saves-on-leaving = Vastaukset tallentuvat, kun siirryt eteenpäin, takaisin tai keskeytät.
section-saves-at-once = Jokainen vastaus tallentuu heti, kun annat sen.
section-saving = Tallennetaan…
section-offline = Ei yhteyttä palvelimeen. Uusimmat vastauksesi ovat vain tässä välilehdessä. Voit jatkaa vastaamista: ne tallentuvat, kun yhteys palaa. Älä sulje välilehteä.
section-stay = Et voi vielä siirtyä sivulta, koska kaikkia vastauksia ei ole saatu tallennettua. Pidä välilehti auki: tallennusta yritetään koko ajan uudelleen.
section-recovered = Yhteys palasi. Kaikki vastauksesi on tallennettu.
section-refused = Jotakin tämän sivun vastausta ei voi tallentaa sellaisenaan. Näet syyn, kun siirryt eteenpäin.
keys-label = Vastaa numeronäppäimillä
keys-hint = Kun kohta on valittuna, näppäin 1 valitsee ensimmäisen vaihtoehdon, 2 toisen ja niin edelleen.
section-next = Seuraava
section-to-review = Tarkista vastaukset
section-back = Takaisin
section-back-to-position = Takaisin tehtävään
section-later = Tallenna ja jatka myöhemmin
item-choose-any = Voit valita useita.
item-choose-at-most = Valitse enintään { $most }.
item-text-hint = Enintään { $most } merkkiä. Älä kirjoita nimiä tai muuta, mistä joku tunnistetaan.
declined-dont-know = En osaa sanoa
declined-not-my-work = Ei kuulu työhöni
declined-prefer-not-to-say = En halua vastata

## Vastauksissa korjattavaa

answer-other-release = Kysely on vaihtunut uudempaan. Avaa se koodillasi uudelleen.
answer-unknown-position = Tehtävää ei tunnistettu. Valitse se uudelleen.
answer-unknown-item = Tätä kysymystä ei enää ole. Lataa sivu uudelleen.
answer-not-asked = Tätä ei kysytä sinulta. Lataa sivu uudelleen.
answer-takes-no-answer = Tähän ei vastata. Lataa sivu uudelleen.
answer-wrong-kind = Vastausta ei voitu lukea. Vastaa uudelleen.
answer-off-scale = Vastausta ei voitu lukea. Valitse jokin vaihtoehdoista.
answer-not-an-option = Vastausta ei voitu lukea. Valitse jokin vaihtoehdoista.
answer-too-many = Valitsit liian monta. Poista jokin valinta.
answer-declined-not-offered = Vastausta ei voitu lukea. Valitse jokin vaihtoehdoista.
answer-declined-and-answered = Valitse joko vaihtoehtoja tai se, ettet vastaa, mutta ei molempia.
answer-text-too-long = Teksti on liian pitkä. Lyhennä se enintään { $most } merkkiin.
answer-control-character = Tekstissä on merkkejä, joita ei voi lukea. Kirjoita kohta uudelleen.

## Tarkistus

review-title = Tarkista vastauksesi
review-complete = Olet vastannut kaikkiin kysymyksiin.
review-answered = Olet vastannut { $answered } kysymykseen, kaikkiaan niitä on { $all }.
review-empty-allowed = Voit palata tyhjiin kohtiin tai lähettää vastaukset näin.
review-empty-heading =
    { $count ->
        [one] Yksi kohta on tyhjä
       *[other] { $count } kohtaa on tyhjänä
    }
review-position = Tehtäväsi
review-position-label = Tehtävä ja lisätehtävät
review-change = Muuta
review-no-answer = Ei vastausta
review-send-note = Lähetettyjä vastauksia ei voi muuttaa. Saat paluukoodin, jolla vain sinä voit katsoa tuloksesi uudelleen tai poistaa vastauksesi.
review-send = Lähetä vastaukset
review-refused = Korjaa vastaus: { $item }
review-try-again = Vastauksia ei voitu tallentaa juuri nyt. Mitään ei ole kadonnut. Lähetä hetken kuluttua uudelleen.

## Oma profiili

profile-title = Oma profiilisi
profile-about = Omaa arviotasi verrataan tehtäväsi tavoitteeseen: { $role }.
profile-proposals = Tavoitetasot ovat ehdotuksia, joista kaupunki vielä päättää.
profile-short-nothing = Vastauksia oli liian vähän, jotta oman arviosi voisi verrata tavoitteeseen.
profile-short-all = Oman arviosi mukaan olet tavoitteessa kaikilla osa-alueilla.
profile-short-some =
    { $met ->
        [0] Oman arviosi mukaan jokaisella osa-alueella on vielä matkaa tavoitteeseen, eniten tässä: { $area } (matkaa { $distance }).
        [one] Oman arviosi mukaan olet tavoitteessa yhdellä osa-alueella, kun niitä on { $all }. Eniten matkaa on tässä: { $area } (matkaa { $distance }).
       *[other] Oman arviosi mukaan olet tavoitteessa { $met } osa-alueella, kun niitä on { $all }. Eniten matkaa on tässä: { $area } (matkaa { $distance }).
    }
profile-receipt = Vastauksesi on tallennettu. Kuittinumero: { $receipt }
profile-save = Tallenna tiedostona
profile-file-name = oma-profiili.html
profile-saved-on = Tallennettu { $date }. Tiedosto on vain sinulla.
profile-competences-heading = Osaamisittain
profile-competences-lead = Arvio perustuu usein yhteen vastaukseen, joten yhdestä luvusta ei kannata päätellä paljon.
profile-help-heading = Keneltä voit kysyä
profile-help-heading-city = Keneltä voit kysyä: { $city }
profile-help-none = Kaupunki ei ole vielä kertonut tähän yhteystietoja. Kysy esihenkilöltäsi tai yksikkösi digivastaavalta, kuka auttaa.
profile-help-trainings = Koulutusta askeliisi
profile-figure-title = Oma arvio ja tehtävän tavoite osa-alueittain
profile-figure-measure = Asteikko { $low }–{ $high }
profile-table-caption = Oma arvio ja tavoite, asteikko { $low }–{ $high }
profile-no-score = ei arviota
profile-no-target = ei tavoitetta
profile-next-heading = Kolme seuraavaa askelta
profile-in-words = Samat luvut sanoina
profile-line-no-score = { $area }: vastauksia oli liian vähän.
profile-line-no-target = { $area }: oma arvio { $own }. Tehtävällesi ei ole asetettu tavoitetta.
profile-line-on-target = { $area }: oma arvio { $own }, tavoite { $target }. Olet tavoitteessa.
profile-line-below = { $area }: oma arvio { $own }, tavoite { $target }. Matkaa tavoitteeseen { $distance }.
profile-compare-heading = Vertaa toiseen tehtävään
profile-compare-lead = Näet oman arviosi toisen tehtävän tavoitteita vasten, jos mietit esimerkiksi uutta tehtävää.
profile-compare-choose = Tehtävä, johon verrataan
profile-limits-heading = Mitä profiili ei kerro
profile-limits-self = Profiili on oma arviosi, ei koe eikä todistus. Moni arvioi itsensä eri tavalla kuin työkaveri arvioisi.
profile-limits-work = Yksi luku ei näytä kaikkea, mitä osaat. Arvio kuvaa tavallista työviikkoa.
profile-limits-lead = Esihenkilösi ei näe tätä, ellet itse näytä.
profile-code = Vertailukoodisi:
profile-code-heading = Vertailukoodi
profile-code-why = Siinä on vain arviosi ja kuukausi. Seuraavan kyselyn jälkeen se näyttää muutoksen. Palvelu ei säilytä sitä.
profile-earlier-heading = Muutos aiemmasta
profile-earlier-label = Aiemman profiilisi vertailukoodi
profile-earlier-hint = Koodi on tallentamassasi profiilissa.
profile-earlier-go = Näytä muutos
profile-earlier-refused = Koodi ei ole tämän kyselyn vertailukoodi. Tarkista merkit tallentamastasi profiilista.
profile-earlier-then = Silloin ({ $month })
profile-earlier-now = Nyt
profile-earlier-chance = Arvio vaihtelee päivästä toiseen. Alle puolen askeleen muutoksesta ei kannata päätellä paljon.
profile-peers-heading = Ammattiryhmäsi verkostossa: { $group }
profile-peers-lead = Ryhmän oma arvio kyselyssä { $wave }: keskiarvo ja sen 95 %:n luottamusväli. Luku kertoo ryhmästä, ei siitä, mitä sinun pitäisi osata.
profile-peers-simulated = Luvut on keksitty.
profile-peers-mean = Ryhmän arvio

## Taulukoiden otsikot

column-area = Osa-alue
column-competence = Osaaminen
column-change = Muutos
column-own = Oma arvio
column-target = Tavoite
column-distance = Matkaa
column-wave = Kyselykierros
column-survey = Kysely
column-state = Tilanne
column-opens = Alkaa
column-closes = Päättyy
column-unit = Yksikkö
column-staff = Henkilöstöä
column-answered = Vastannut
column-interval = Luottamusväli
column-n = Vastauksia
column-gap = Osaamisvaje
column-share = Osuus
column-score = Itsearvio
column-number = Luku
column-role-group = Tehtäväryhmä
column-role = Tehtävä
column-municipality = Kaupunki
column-item = Väittämä
column-level = Taso

## Mitä nyt: vastaajalle

state-to-code = Kirjoita koodi
state-to-start = Etusivulle
state-used-title = Tällä koodilla on jo vastattu
state-used-why = Koodi toimii yhden kerran, ja vastaukset on lähetetty sillä.
state-used-next = Jos et ole itse vastannut, pyydä uusi koodi siltä, joka jakoi koodit. Tätä koodia kukaan ei voi yhdistää sinuun.
state-closed-title = Kysely on päättynyt
state-closed-why = Vastauksia ei enää oteta vastaan.
state-closed-why-since = Kysely oli auki { $date } asti, eikä vastauksia enää oteta vastaan.
state-closed-next = Kaupunki kertoo tuloksista henkilöstölle. Voit kysyä niistä esihenkilöltäsi.
state-not-open-title = Kysely ei ole vielä auki
state-not-open-why = Kysely ei ole alkanut.
state-not-open-why-until = Kysely alkaa { $date }.
state-not-open-next = Säilytä koodi tai linkki ja palaa silloin.
state-no-draft-title = Avaa kysely koodillasi
state-no-draft-why = Tällä laitteella ei ole nyt kesken olevaa kyselyä.
state-no-draft-next = Kirjoita koodisi, niin jatkat siitä, mihin jäit. Tallennetut vastaukset ovat tallessa.
state-later-title = Vastauksesi ovat tallessa
state-later-why = Voit jatkaa samalla koodilla tällä tai toisella laitteella.
state-later-why-until = Voit jatkaa samalla koodilla tällä tai toisella laitteella { $date } asti.
state-later-next = Säilytä koodi. Ilman sitä vastauksia ei voi avata, sillä ne on salattu koodillasi.
state-conflict-title = Vastauksia on muutettu toisaalla
state-conflict-why = Sama kysely on auki toisessa välilehdessä tai laitteessa, ja siellä tallennettiin äsken. Tämän sivun muutoksia ei tallennettu sen päälle.
state-conflict-next = Katso, mitä on tallessa, ja jatka siitä.
state-conflict-go = Katso tallennetut vastaukset
state-sent-title = Vastaukset on jo lähetetty
state-sent-why = Nämä vastaukset lähetettiin aiemmin, eikä niitä voi enää muuttaa.
state-sent-next = Sinun ei tarvitse tehdä mitään.

## Mitä nyt: koordinaattorille

state-link-used-title = Linkki on jo käytetty
state-link-used-why = Kirjautumislinkki toimii yhden kerran.
state-link-expired-title = Linkki ei enää toimi
state-link-expired-why = Kirjautumislinkki on voimassa 30 minuuttia.
state-signed-out-title = Olet kirjautunut ulos
state-signed-out-why = Tällä laitteella ei ole enää avointa koordinaattorin istuntoa.
state-sign-in-title = Kirjaudu ensin
state-sign-in-why = Sivu on koordinaattorille, etkä ole nyt kirjautunut.
state-link-next = Pyydä palvelun ylläpitäjältä uusi kertakäyttölinkki.

## Mitä nyt: kaikille

state-too-large-title = Lähetys oli liian suuri
state-too-large-why = Lomakkeessa oli enemmän tekstiä kuin siihen mahtuu.
state-too-large-next = Palaa selaimen takaisin-painikkeella ja lyhennä pisintä tekstiä. Aiemmin tallennetut vastaukset ovat tallessa.
state-unreadable-title = Lähetystä ei voitu lukea
state-unreadable-why = Lomake ei tullut perille kokonaisena.
state-unreadable-next = Palaa selaimen takaisin-painikkeella ja lähetä uudelleen. Aiemmin tallennetut vastaukset ovat tallessa.
state-unknown-field-why = Lomakkeessa oli kenttä ”{ $name }”, jota tällä sivulla ei ole. Mitään ei tallennettu.
state-forbidden-title = Pyyntöä ei hyväksytty
state-forbidden-why = Lomake lähetettiin muualta kuin tältä sivustolta, tai sivu oli vanhentunut.
state-forbidden-next = Avaa sivu uudelleen ja lähetä lomake siltä.
state-too-many-title = Pyyntöjä tuli liian tiheään
state-too-many-why = Palvelu rajoittaa pyyntöjä, jotta se pysyy kaikille nopeana.
state-too-many-next = Odota minuutti ja yritä uudelleen. Tallennetut vastaukset ovat tallessa.
state-busy-title = Palvelu on hetken varattu
state-busy-why = Juuri nyt vastaajia on paljon tai palvelu käynnistyy uudelleen.
state-busy-next = Odota puoli minuuttia ja yritä uudelleen. Tallennetut vastaukset ovat tallessa.
state-busy-kept = Lomakkeella olevat tiedot ovat tällä sivulla. Mitään ei ole kadonnut.
state-busy-again = Lähetä uudelleen
state-unexpected-title = Jokin meni vikaan
state-unexpected-why = Vika on meillä. Se on kirjattu tunnuksella { $id }.
state-unexpected-next = Yritä hetken kuluttua uudelleen. Jos vika toistuu, kerro tunnus sille, joka jakoi koodit. Tallennetut vastaukset ovat tallessa.
state-not-found-title = Sivua ei löytynyt
state-not-found-why = Tässä osoitteessa ei ole sivua.
state-not-found-next = Tarkista osoite tai aloita etusivulta.

## Koordinaattorin kirjautuminen

sign-in-title = Koordinaattorin kirjautuminen
sign-in-lead = Avaa saamasi kertakäyttölinkki. Linkki toimii yhden kerran ja 30 minuuttia.
sign-in-label = Kirjautumistunnus
sign-in-hint = Tunnus tulee linkistä itsestään. Jos kenttä on tyhjä, kopioi siihen linkin loppu #-merkin jälkeen.
sign-in-go = Kirjaudu
sign-in-empty = Kopioi tähän linkin loppu #-merkin jälkeen.
sign-in-refused = Linkki on jo käytetty tai vanhentunut. Pyydä ylläpitäjältä uusi.

## Koordinaattorin etusivu

crumb-home = Omat kyselykierrokset
home-waves = Kyselykierrokset
home-waves-caption = Kyselykierrokset, uusin ensin
home-no-waves = Kyselykierroksia ei ole vielä. Tee ensimmäinen.
home-new-wave = Tee uusi kyselykierros
home-register = Yksiköt ja henkilöstö
home-register-empty = Yksiköitä ei ole vielä tuotu. Ylläpitäjä tuo ne komennolla icteko units import.
home-register-counts = { $units } yksikköä, { $staff } työntekijää.
home-handbook = Käsikirja
home-handbook-read = Lue julkaistu käsikirja
home-handbook-none = Käsikirjaa ei ole vielä julkaistu.

## Uusi kyselykierros

new-wave-title = Uusi kyselykierros
new-wave-lead = Valitse kysely ja päivät. Kun kierros on tehty, voit tulostaa vastauskoodit.
new-wave-survey = Kysely
new-wave-id = Kierroksen tunnus
new-wave-id-hint = Esimerkiksi 2026-syksy. Pieniä kirjaimia, numeroita ja väliviivoja.
new-wave-opens = Ensimmäinen päivä
new-wave-closes = Viimeinen päivä
new-wave-mode = Miten kyselyyn vastataan
new-wave-mode-hint = Tapaa ei voi vaihtaa, kun kierros on tehty.
mode-codes = Vastauskoodit
mode-codes-about = Vastauskoodeilla. Kaupunki jakaa koodit, ja kullakin koodilla vastataan kerran.
mode-open-link = Avoin linkki
mode-open-link-about = Avoimella linkillä. Koodeja ei jaeta. Sama ihminen voi vastata monta kertaa, joten vastaajien määrään voi luottaa vain vähän. Sopii pikakyselyyn.
new-wave-roles = Keneltä kysytään
new-wave-roles-hint = Jos et valitse mitään, kysely on kaikille tehtäville.
new-wave-units = Missä yksiköissä
new-wave-units-hint = Jos et valitse mitään, mukana ovat kaikki yksiköt.
new-wave-choose = Valitse ({ $count })
new-wave-go = Tee kyselykierros
new-wave-no-survey = Valitse kysely.
new-wave-bad-id = Kirjoita tunnus pienillä kirjaimilla, numeroilla ja väliviivoilla.
new-wave-exists = Tämän niminen kierros on jo. Valitse toinen tunnus.
new-wave-bad-opens = Anna ensimmäinen päivä.
new-wave-bad-closes = Anna viimeinen päivä.
new-wave-closes-early = Viimeisen päivän pitää olla ensimmäisen jälkeen ja tulevaisuudessa.
new-wave-bad-roles = Valittua tehtävää ei tunneta. Valitse luettelosta.
new-wave-bad-units = Valittua yksikköä ei tunneta. Valitse luettelosta.
unit-kind-school = Koulut
unit-kind-ecec = Varhaiskasvatus
unit-kind-library = Kirjastot
unit-kind-youth = Nuoriso, kulttuuri ja liikunta
unit-kind-office = Hallinto

## Kyselykierros

wave-draft = Ei vielä auki
wave-open = Auki
wave-closed = Päättynyt
wave-frozen = Tulokset vahvistettu
wave-made = Kyselykierros on tehty. Tee seuraavaksi vastauskoodit.
wave-made-open-link = Kyselykierros on tehty. Lähetä seuraavaksi linkki henkilöstölle.
wave-was-closed = Kyselykierros on suljettu.
wave-codes-made = Koodeja tehty
wave-codes-deleted = poistettu, kun tulokset vahvistettiin
wave-mode = Vastaamistapa
wave-small-group = Vastauksia tuli niin vähän, että sekoittaminen suojaa niitä tavallista heikommin. Käsittele aineistoa sen mukaan.
wave-open-link-counts = Avoimesta linkistä sama ihminen voi vastata monta kertaa. Osuudet ovat siksi vain suuntaa antavia.
wave-links = Linkit
wave-links-lead = Lähetä linkki henkilöstölle tai laita se näkyville. Kaupungin linkistä vastaaja valitsee yksikkönsä itse.
wave-link-of-city = { $city }, kaikki yksiköt
wave-poster = Tulosta juliste
wave-paper = Paperilomake
wave-paper-lead = Tulosta kysely niille, jotka vastaavat mieluummin paperilla. Lomake on tällä kielellä, ja jokaisella tehtävällä on omansa.
wave-paper-go = Avaa lomake
wave-paper-entry = Palautettu lomake näppäillään kahteen kertaan, mieluiten eri ihmisten voimin. Palvelu näyttää erot, ja vastaukset lasketaan mukaan vasta, kun ne on ratkaistu. Pyydä lomakkeet takaisin muutama päivä ennen kuin kysely sulkeutuu. Näppäilijä tarvitsee vain lomakkeen ja sen koodin.
wave-paper-entry-open-link = Palautettu lomake näppäillään kahteen kertaan, mieluiten eri ihmisten voimin. Palvelu näyttää erot, ja vastaukset lasketaan mukaan vasta, kun ne on ratkaistu. Pyydä lomakkeet takaisin muutama päivä ennen kuin kysely sulkeutuu. Ensimmäinen kerta alkaa kyselyn linkistä, joka antaa lomakkeelle koodin.
wave-paper-entry-go = Näppäile lomake

## Paperilomake

paper-title = Kysely paperilla: { $role }
paper-lead = Tulosta lomake A4-arkeille ja liitä jokaiseen oma vastauskoodi. Palautetut lomakkeet näppäillään kahteen kertaan samalla koodilla kuin verkossa vastattaisiin ja tuhotaan sitten.
paper-lead-open-link = Tulosta lomake A4-arkeille. Koodin kohta jätetään tyhjäksi: se, joka näppäilee lomakkeen, saa koodin kyselyn linkistä ja kirjoittaa sen lomakkeeseen.
paper-until = Palauta viimeistään { $date }. Vastaaminen vie noin { $minutes } minuuttia.
paper-code = Vastauskoodi:
paper-how = Rastita jokaisesta kohdasta se, joka sopii parhaiten. Kohtia saa jättää väliin.
paper-who-types = Joku yksikössäsi tai kaupungissa näppäilee lomakkeen palveluun ja näkee silloin vastauksesi. Älä kirjoita nimeäsi.
paper-envelope = Palauta lomake suljetussa kuoressa. Omaa profiilia et saa paperilla; sen näkee vain verkossa vastaamalla.
paper-no-return = Kun lomake on näppäilty, vastauksiasi ei voi enää poistaa, sillä kukaan ei tiedä, mitkä ne ovat.
paper-typist = Tämä lomake näppäillään kahteen kertaan osoitteessa
wave-progress = Näin vastaaminen etenee
wave-progress-caption = Vastanneiden osuus yksiköittäin
wave-total = Kaikki yksiköt yhdessä: { $share }.
wave-counted = Laskettu { $date }.
wave-rounded = Osuudet on pyöristetty lähimpään kymmeneen prosenttiin ja päivittyvät kerran päivässä, jottei kenenkään vastaamista voi seurata. Alle 20 hengen yksiköstä osuutta ei näytetä.
wave-about = noin { $share }
wave-too-few = ei näytetä
wave-no-staff-number = henkilöstömäärä puuttuu
wave-codes = Vastauskoodit
wave-codes-lead = Koodit näytetään vain kerran. Tulosta ne heti ja jaa sekoitetusta pinosta.
wave-how-many = Montako koodia
wave-how-many-hint = Jätä tyhjäksi, niin koodeja tehdään yhtä monta kuin yksikön henkilöstöltä vielä puuttuu.
wave-unit-lacks = { $unit } (koodeja puuttuu { $count })
wave-codes-enough = Yksikön koko henkilöstölle on jo tehty koodit. Jos tarvitset lisää, kirjoita montako.
wave-local-address = Koodilapuissa, julisteissa ja paperilomakkeissa on nyt osoite { $address }, ja se toimii vain tällä tietokoneella. Pyydä ylläpitäjää kirjoittamaan palvelun oikea osoite asetukseen public_url datakansion tiedostoon icteko.toml ja käynnistämään palvelu uudelleen, ennen kuin tulostat mitään.
wave-make-codes = Tee koodit
wave-code-count = Koodien määrä ei käy. Anna luku, joka on vähintään 1.
wave-code-unit = Yksikköä ei tunneta. Valitse luettelosta.
wave-codes-closed = Kyselykierros ei ole auki, joten koodeja ei voi tehdä.
wave-findings = Tulokset
wave-release = Julkaistut tulokset { $number }
wave-no-findings = Tuloksia ei ole vielä julkaistu.
wave-closing = Sulkeminen
wave-closes-itself = Kysely päättyy itsestään { $date }.
wave-closes-by-hand = Tämä kierros on keksitty kokeilua varten. Se ei pääty itsestään viimeisenä päivänään vaan on auki, kunnes suljet sen.
wave-close = Sulje kyselykierros

## Sulkeminen

close-title = Suljetaanko { $wave }?
close-so-far = Tähän mennessä vastannut: { $share }.
close-no-more = Sen jälkeen kukaan ei voi enää vastata. Jo aloitetun kyselyn voi lähettää vielä 15 minuutin ajan.
close-mixed = Viimeisetkin vastaukset sekoitetaan, eikä koodeista jää niihin jälkeä.
close-not-undone = Suljettua kierrosta ei voi avata uudelleen.
close-go = Sulje kyselykierros
close-not-yet = Pidä auki

## Koodit

codes-title = Vastauskoodit: { $wave }
codes-once = Tulosta tai tallenna nämä nyt. Koodeja ei säilytetä, eikä niitä voi näyttää uudelleen.
codes-shuffle = Leikkaa laput irti, sekoita pino ja anna jokaisen ottaa itse.
codes-no-list = Älä pidä luetteloa siitä, kuka sai minkäkin koodin.
codes-print-hint = Sivu on tehty A4-arkeille. Jos painiketta ei näy, tulosta selaimen valikosta.
codes-no-unit = Koodit ilman yksikköä
codes-count =
    { $count ->
        [one] 1 koodi
       *[other] { $count } koodia
    }
slip-until = Vastaa viimeistään { $date }. Aikaa kuluu noin { $minutes } minuuttia.

## Tulokset

findings-title = Tulokset { $number }: { $wave }
findings-self-rated = Luvut ovat vastaajien omia arvioita, eivät mitattua osaamista.
findings-withheld-why = ”Ei näytetä” tarkoittaa, että vastaajia on liian vähän tai että luvusta voisi päätellä toisen, joka on piilotettava.
findings-contents = Sivun taulukot
findings-of-cities = kaupungeittain
findings-of-network = koko verkosto
findings-of-units = yksiköittäin
findings-response-rate = Vastausprosentti
findings-area-mean = Itsearvio osa-alueittain
findings-area-gap = Osaamisvaje osa-alueittain
findings-area-below = Tavoitteen alle jäävät
findings-area-quantile = Itsearvioiden hajonta
findings-area-alpha = Osa-alueiden luotettavuus
findings-area-trend = Muutos kierrosten välillä
findings-item-distribution = Vastausten jakauma väittämittäin
findings-scale = Asteikko { $low }–{ $high }.
findings-note-response-rate = Vastanneiden osuus niistä, joita kysely koski.
findings-note-mean = Vastaajien itsearvioiden keskiarvo.
findings-note-gap = Tavoite miinus itsearvio. Plusmerkkinen luku kertoo, paljonko tavoitteeseen on matkaa.
findings-note-below = Niiden vastaajien osuus, joiden itsearvio on alle tehtävän tavoitteen.
findings-note-quantile = Esimerkiksi p25: neljäsosa vastaajista arvioi itsensä korkeintaan tälle tasolle.
findings-note-alpha = Cronbachin alfa: kuinka hyvin osa-alueen väittämät kulkevat yhdessä. Lähellä yhtä on hyvä.
findings-note-distribution = Kunkin vastauksen osuus annetuista vastauksista.
findings-all = Kaikki
findings-withheld = ei näytetä
findings-band-below = alle kaupungin keskiarvon
findings-band-near = lähellä kaupungin keskiarvoa
findings-band-above = yli kaupungin keskiarvon
findings-provenance = Mistä luvut tulevat
findings-program = Ohjelma
findings-dataset = Aineiston tunniste
findings-job = Laskentamäärittelyn tunniste
findings-rule = Suojaus
findings-rule-text = yksiköstä tarkat luvut vähintään { $unit } vastauksesta, muista ryhmistä vähintään { $group }

## Paperilomakkeen näppäily

paper-entry-title = Paperilomakkeen näppäily
paper-entry-lead = Jokainen lomake näppäillään kaksi kertaa, mieluiten eri ihmisten voimin. Vastaukset lasketaan mukaan vasta, kun molemmat kerrat ovat samat.
paper-entry-language = Näppäile lomakkeen kielellä. Vaihda kieli ennen kuin kirjoitat koodin.
paper-entry-exactly = Näppäile juuri se, mitä lomakkeessa on. Jos rastia ei ole tai siitä ei saa selvää, jätä kohta tyhjäksi.
paper-entry-nobody = Palvelu ei tiedä, kuka lomakkeen täytti tai kuka sen näppäili.
paper-entry-go = Aloita
paper-begun-online = Tällä koodilla on jo alettu vastata verkossa, joten sillä ei voi näppäillä lomaketta. Jatka verkossa tai kirjoita lomakkeeseen uusi koodi.
paper-mark-first = Paperilomake, ensimmäinen näppäily
paper-mark-second = Paperilomake, toinen näppäily
paper-review-first = Tarkista ensimmäinen näppäily
paper-review-second = Molemmat näppäilyt ovat samat
paper-review-answered = Vastaus on { $answered } kohdassa, kaikkiaan niitä on { $all }.
paper-position = Tehtävä
paper-first-note = Toinen näppäily alkaa tyhjästä, eikä siinä näe ensimmäisen vastauksia.
paper-first-go = Ensimmäinen näppäily on valmis
paper-send-note = Lähetettyjä vastauksia ei voi muuttaa eikä poistaa, sillä kukaan ei enää tiedä, mitkä ne ovat.
paper-send = Lähetä lomakkeen vastaukset
paper-first-kept-title = Ensimmäinen näppäily on tallessa
paper-first-kept-lead = Anna lomake toisen näppäiltäväksi tai palaa siihen itse myöhemmin. Toinen näppäily alkaa samalla koodilla.
paper-kept-until = Tee se viimeistään { $date } ja ennen kuin kysely sulkeutuu. Sen jälkeen ensimmäinen näppäily poistetaan.
paper-next = Seuraava lomake
paper-differ-title = Näppäilyt eroavat
paper-differ-count =
    { $count ->
        [one] Yksi kohta on näppäilty kahdella tavalla.
       *[other] { $count } kohtaa on näppäilty kahdella tavalla.
    }
paper-differ-lead = Katso lomakkeesta, kumpi on oikein. Jos kumpikaan ei ole, korjaa toinen näppäily ja palaa sen jälkeen tarkistukseen.
paper-differ-choose = Valitse, kumpi on oikein.
paper-differ-missed = Valitse, kumpi on oikein: { $item }
paper-differ-first = Ensimmäinen näppäily: { $answer }
paper-differ-second = Toinen näppäily: { $answer }
paper-differ-neither = Kumpikaan ei ole oikein
paper-differ-go = Jatka
paper-sent-title = Lomake on näppäilty
paper-sent-receipt = Vastaukset on tallennettu. Kuittinumero: { $receipt }
paper-sent-destroy = Tuhoa lomake. Omaa profiilia tai paluukoodia siitä ei tule.
open-paper = Näppäilen paperilomaketta
open-code-paper-title = Lomakkeen koodi
open-code-paper-why = Kirjoita koodi lomakkeeseen kohtaan ”Vastauskoodi”. Lomake näppäillään kaksi kertaa, ja toinen kerta alkaa tällä koodilla.
open-code-paper-only = Koodia ei näytetä uudelleen. Jos se katoaa, lomake on aloitettava alusta.

## Avoimen linkin juliste

poster-title = Juliste: { $place }
poster-lead = Tulosta A4-arkille ja laita näkyville. Vaihda kieltä, niin saat julisteen myös muilla kielillä.
poster-how = Avaa puhelimen kamera ja osoita sillä kuviota, tai kirjoita osoite selaimeen.
