"""Sentences by language and class, and those that blame where blame is not told (``blame``).

Each rule of ``data/commitment`` is used by one of them.
"""

from __future__ import annotations

__all__ = ["CASES", "SENTENCES"]

SENTENCES = {
    ("cs", "strong"): """
        Zavedeme slevu na jízdné pro studenty.
        Nezvýšíme poplatek za svoz odpadu a nedopustíme prodej nemocnice.
        Zrekonstruujeme polikliniku a zpracujeme plán údržby mostů.
        Budeme každý rok zveřejňovat výsledky kontrol.
        Už nikdy nebudeme krajské byty prodávat.
        V zastupitelstvu budu pravidelně vykazovat svou docházku.
        Garantujeme stejnou cenu jízdenky po celé volební období.
        Zavazujeme se, že lékárna zůstane v obci.
        Do konce roku bude nové křídlo školy otevřeno.
        Kraj už příští rok zřídí mobilní hospic.
        Magistrát bude školám proplácet obědy.
        Lidé budou u každé zakázky mít přehled o ceně.
        Dostupná pohotovost je naším závazkem.
        Opravit všechny mosty ve špatném stavu.
        Vznikne nová přestupní zastávka u nemocnice.
        Vláda to nezvládla, a proto uděláme krizový plán sami.
    """,
    ("cs", "weak"): """
        Podpoříme spolky, které pečují o krajinu.
        Pomůžeme rodinám se samostatným bydlením.
        Zasadíme se o noční spoje do menších obcí.
        Zaměříme se na prevenci.
        Přispějeme k lepšímu ovzduší.
        Pokusíme se o dohodu se sousedním krajem.
        Zvážíme koupi sousedního pozemku.
        Usilujeme o spravedlivé školné.
        Budeme usilovat o kratší čekací doby.
        Při výběru dodavatelů budeme klást důraz na místní firmy.
        Budeme dál pokračovat v podpoře knihoven.
        Chceme školku v každé čtvrti.
        Chtěli bychom rozšířit cyklostezku.
        Moc bych si chtěla vyzkoušet jiný způsob hlasování.
        Časem bychom rádi viděli víc stromů.
        Rádi bychom otevřeli klub seniorů.
        Plánujeme novou linku k nádraží.
        Prosazujeme bezplatné obědy.
        Upřednostňujeme železnici před dálnicí.
        Navrhujeme nižší daň z nemovitosti.
        Požadujeme okamžité zveřejnění smluv.
        Doporučujeme odklad celé stavby.
        Odmítáme stavbu spalovny.
        Jsme pro referendum o letišti.
        Klademe velký důraz na otevřená data.
        Dáváme jasnou přednost opravám.
        Jako město bychom neměli prodávat pozemky.
        Musíme šetřit vodou.
        Potřebujeme více lůžek.
        Cílem je zdravější krajina.
        Naší prioritou jsou sestry v terénu.
        Hnutí dlouhodobě požaduje levnější energie.
        Za klíčové v dopravě považujeme vlaky.
        Považujeme to za nezbytné.
        Dbáme na čistotu parků.
        Pojďme společně chránit řeku.
        Měli bychom chránit prameny.
        Každá obec by měla mít praktického lékaře.
        Takový úřad by podle nás neměl zavírat ve tři.
        Je proto nezbytné posílit záchrannou službu.
        Potřeba je také nová čistírna.
        Nádraží musí konečně být bez schodů.
        Děti mají být v bezpečí.
        Soutěž nesmí zvýhodňovat velké firmy.
        Nemocnice potřebuje magnetickou rezonanci.
        Motivovat řidiče k přestupu na vlak.
    """,
    ("cs", "done"): """
        Otevřeli jsme dětskou skupinu v Horní Lhotě.
        Za čtyři roky jsme ve všech okresech postavili domovy pro seniory.
        Nakoupili nové autobusy jsme už na jaře.
        Podařilo se nám snížit dluh.
        V zimě se konečně podařilo dojednat levnější teplo.
        Daří se nám stavět rychleji než dřív.
        Díky nám mají řidiči nové parkoviště.
        První etapa je hotova.
        Rada v pondělí schválila rozpočet knihoven.
        Portál už běží ve všech obcích.
        Modernizujeme osvětlení podél hlavní třídy.
        Bezplatná linka: splněno.
        Slibovali jsme kino a stalo se skutečností.
        Pracujeme na přípravě stavby bazénu.
        Zasloužili se o to naši zastupitelé.
    """,
    ("cs", "blame"): """
        Nesouhlasím s prodejem lesů.
        Takový postup nelze tolerovat.
        Vedení kraje v krizi selhalo.
        Současná rada nedokázala opravit jediný most.
        Minulá rada zanedbala údržbu silnic.
        Nekompetentní řízení nemocnic stálo miliony.
        Arogance radnice nezná mezí.
        Starosta občanům lhal.
        Výsledkem je ostuda pro celý kraj.
        Je absurdní čekat na zubaře rok.
        To je nepřijatelné.
        Stadion je předražený.
        Územní plán vytváří korupční příležitosti.
        Plýtvání veřejnými penězi a dalšími prostředky roste, plýtvá se penězi.
        Zakázka byla nezákonná.
        Rozpočet je nezodpovědný.
        Opozici to vadí, a proto odsuzujeme takové kroky.
        Náměstek se jen vymlouvá na předchůdce.
        Úřad žádosti obyvatel ignoroval.
        Slibovali opravu do roka, nestalo se.
        Za celé léto to tak neděje.
        S bazénem nic za tři roky neudělali.
        Jednání proběhlo pod taktovkou developerů.
        Pozemky získali spekulanti.
        Koalice celý projekt promarnila, zpackala a zpackaný zůstal.
        Dluhy způsobilo špatné hospodaření.
        Další trafika pro kamaráda.
        Zastrašování úředníků musí skončit.
        Závažné pochybení zůstalo bez trestu.
        Město k bydlení nemá žádnou koncepci.
        Takové chování považujeme za skandální a považujeme za nepřípustné i mlčení.
        Vláda bohužel mlčí.
        Premiér místo toho, místo aby jednal, mlčí.
        Ministr nepřijel.
        Mezi hejtmankou a obcemi vinou kraje, tedy hejtmanky, nedošlo k dohodě.
        Ministerstvo slouží kmotrům.
        Premiér má střet zájmů.
        Hejtman porušil slib.
        Ministr rozhodl, aniž by se ptal.
        Vláda obcím škodí.
        Primátor odmítl přijít.
        Vláda drahotu neřeší.
        Okolí ministra provází podezřelé zakázky.
        Kabinet zvolil nejhorší řešení.
        Vyjádření hejtmana je nepravdivé.
        Vláda by měla přestat mlčet, je to ostuda.
    """,
    ("cs", "plain"): """
        Slíbili jsme opravu mostů.
        Vyrazili jsme na výlet do hor.
        Obchvat byl v květnu dokončen.
        Kraj má sedm okresů a dvě stě obcí.
        Nemocnice stojí u řeky od roku 1890.
        Schůze začíná v šest hodin v sokolovně.
        Pokud zavedeme poplatek, přijdeme o část turistů.
        Kdy opravíme most?
        Chceme poděkovat všem dobrovolníkům.
        Je ale třeba připomenout, že jde o starý dům.
        Chtěla bych tímto pozdravit čtenáře.
        Na závěr bych chtěl upozornit na výstavu.
        Je to věc, kterou chceme prezentovat.
        Hospodář dělá, co je potřeba.
        Jde o krok, který je nutné chápat v souvislostech.
        Pojďme se na to podívat.
        Musím přiznat, že jsem tam nikdy nebyl.
        Nechceme se opakovat.
        Opravit se dá ledacos.
        Otevření hradu připadá na duben.
    """,
    ("sv", "strong"): """
        Se över reglerna för strandskydd.
        Alla elever ska få en fast mentor.
        Köerna kommer att halveras före valet.
        Avgiften kommer inte att höjas.
        Nu kommer regeringen till skolorna med mer pengar.
        Vi kommer fortsatt ta strid för sjukhuset, vi kommer dit.
        Vi satsar två miljarder på järnvägen.
        I budgeten sänker vi avgiften.
        Därför stärker nu regeringen gränsskyddet och stärker nu vi polisen.
        Köerna är långa, därför avsätter alliansen medel.
        För detta avsätter partiets budget tio miljoner.
        Satsningar görs på äldreomsorgen.
        Nu ger regeringen den nya myndigheten ett uppdrag.
        Regeringen ger länsstyrelsen i Kalmar ett viktigt uppdrag.
        I år gör regeringen flera stora satsningar.
        Regeringen gör en historisk satsning på biblioteken.
        Därför tar vi ett nytt initiativ.
        En plan för kusten tas fram.
        Vårdvalet får inte avskaffas.
        Vi är fast beslutna att bryta utvecklingen.
        En fritidspeng införs för alla barn.
        Avskaffa karensavdraget.
        Inför ett förbud mot kolkraft.
        Nej till gruvan i Björnlandet.
        Det har varit svårt, men vi ska införa läxhjälp.
    """,
    ("sv", "weak"): """
        Vi vill se fler lärare.
        Därför vill Liberalerna utreda frågan.
        Miljöpartiet vill att alla nya tak ska ha solceller.
        Därför vill vi också att fler vuxna ska finnas i skolan.
        Framför allt vill se starkare skydd den som bor där.
        Utredningen föreslår lägre avgifter.
        Partiet föreslår därför att bidraget höjs.
        Vi anser att stödet ska gå till barnen.
        Därför anser vi att kravet ska tas bort.
        Nämnden menar att det är viktigt med tydliga regler.
        Regeringen avser återkomma.
        Sverige kommer alltid att arbeta för fred.
        Vi kommer därför att verka för fred.
        Landet kommer i flera forum att driva frågan.
        Sverige ska verka för fred.
        Vi strävar mot ett samhälle utan våld.
        Åtgärden ska övervägas.
        Målet är fler jobb.
        Målsättningen är att fler barn ska lära sig simma.
        Vi värnar den svenska modellen.
        De kämpar för en öppen skola.
        Vi avvisar förslaget.
        Därför avvisar vi kravet.
        Regeringen arbetar vidare med frågan.
        Landet ser gärna fler avtal.
        Kommunen planerar fler lekplatser.
        Vi är öppna för samtal.
        Bidraget bör höjas.
        Läkemedlen måste bli billigare.
        Avgiften behöver sänkas.
        Sverige behöver ett nytt ledarskap.
        Fler platser behövs.
        Det krävs fler utbildningar.
        Verka för kortare köer.
        Vi föreslår att en fond för hela landet inrättas.
    """,
    ("sv", "done"): """
        Kommunen har för alla barn i hela länet byggt nya skolor.
        Vi har redan infört läxhjälp.
        Nu har vi också byggt fler bostäder.
        Regionen har tagit flera viktiga steg.
        Regeringen har under våren infört ett nytt stöd.
        Under året har regeringen i flera viktiga beslut höjt stödet.
        Under hösten har med stor iver regeringen tillsatt en kommitté.
        Myndigheten har nu fått i uppdrag att följa frågan.
        Nu är en hel del löften genomförda.
        Regeringen har i dag, den 3 maj, öppnat ett kontor.
        Byggt ut fibernätet i hela länet.
    """,
    ("sv", "blame"): """
        Politiken har misslyckats.
        Att köerna växer är oacceptabelt.
        Det är ett svek mot landsbygden.
        Integrationen har hamnat på undantag.
        Reformen är underfinansierad.
        Skolan har satts på svältkur.
        Det är ett cyniskt spel.
        De blundar för problemen.
        Ledningen vägrar lyssna.
        Löftena är tomma ord.
        Ministrarna har tappat kontrollen.
        Vårdslösheten förvånar.
        Förslaget är ett slag i luften.
        Utvecklingen går åt fel väg.
        Vi är kritiska till beslutet.
        Beslutet slår hårt mot familjer.
        Det är ett slöseri.
        Det sker på bekostnad av barnen.
        Avsaknaden av plan förvånar.
        Resultatet blev tvärtemot löftet.
        Järnvägen är vanskött.
        Regeringen försämrar a-kassan.
        Nu lägger högern fram nedskärningar.
        Trots detta gör regeringen inget.
        Regeringen saknar idéer.
        Regeringens åtgärder är inte alls tillräckliga.
        Regeringens budget drabbar barn.
        Regeringen missar målen.
        Med regeringen blir klyftorna större.
        Myndigheten har varnat regeringen.
        Under Tidöpartierna har tågen blivit sämre.
        Regeringens politik ger ökade utsläpp.
        Regeringen är alldeles för långsam.
        Regeringens retorik är hård.
        Regeringen måste vakna, köerna är oacceptabla och regeringen sänker stödet.
    """,
    ("sv", "criticism"): """
        Sverige fördömer attacken.
        Regeringen cementerar klyftan.
        Regeringen saknar idéer och dess budget drabbar barn.
        Regeringen blundar för problemen. Att regeringen vägrar lyssna är ett svek.
    """,
    ("sv", "plain"): """
        Landet förlorar den kunskap vi behöver för att bygga broar.
        Kommissionen föreslår nya krav på båtar.
        Det är ett uppdrag som regeringen nyligen har beslutat.
        Det är ett arbete som nu behövs.
        Nämnden har tagit flera viktiga steg.
        Krisen var djup, men då bidrog också regeringen.
        Ordförandeskapet har i vår avslutat tre ärenden.
        Sverige har hittills bidragit med tält.
        Redan 2020 införde vi avdraget.
        Centerpartiet höjde stödet två gånger.
        En handlingsplan har också tagits fram.
        Nya regler för vapen har sedan dess införts.
        Vi har för alla barn i hela vårt län byggt nya förskolor.
        Länet har fyra sjukhus.
        Kyrkan byggdes på 1300-talet.
        Om vi inför en avgift går resandet ned.
        Uppdraget redovisas i maj.
        Nämnden ska redovisa arbetet i maj.
        Kungaparet kommer i morgon att besöka Tartu.
        Paret kommer också att delta i en middag.
        Utredaren ska lämna in rapporten.
        Skolverket ska samla in uppgifter.
        Det är ett arbete som också måste ske lokalt.
        Detta görs för att små företag ska kunna växa.
        Ministrarna ska enas om ett datum.
        Boken kommer du att få på posten.
        Tåget kommer med all sannolikhet, kommer troligen inte att gå.
        Vi har länge tagit för givet att det finns el.
        En rapport som har nyligen tagits emot finns här.
        Planen ska vara klar i juni.
        Föreningen Hela Sverige ska leva möttes.
        Rättvisa betyder inte att vi vill ha likhet.
        Frågan är vad som ska hända.
        Här kan den vill du veta som läser, och den vill veta mer.
        Fråga dem om vi i morgon vill det, om regeringen vill.
        När ska bron stå klar?
    """,
    ("en", "strong"): """
        We will build a tram to the hospital.
        We solemnly promise a place for every child.
        New parks are to be opened in each district.
        We are going to plant a thousand trees.
        Abolish parking fees at hospitals.
        The council has failed, so we will publish every contract.
    """,
    ("en", "weak"): """
        We want a library in every town.
        We strongly support community gardens.
        We will always strive for cleaner air.
        Our long-term goal is clean water.
        I would like to see more trees.
        The party aims to help tenants.
        Schools should open earlier.
        Rents must fall.
        The city needs to listen.
        Encourage cycling to work.
    """,
    ("en", "done"): """
        We have already opened three clinics.
    """,
    ("en", "blame"): """
        The plan failed.
        Waiting a year for a doctor is unacceptable.
        This betrays every tenant.
        All we got were broken promises.
        Warnings were ignored by the board.
        We condemn the attack.
        They squandered the money.
        The government is unable to act.
    """,
    ("en", "plain"): """
        The plan is being implemented.
        Thanks to us, buses run at night.
        The city has since planted trees.
        We successfully introduced free lunches.
        Four bridges have been quickly repaired.
        Prague has 57 districts.
        The ceremony will be held on Monday.
        The ministers will then discuss trade.
        I would like to thank everyone.
        It should also be noted that the river is long.
        If we build a dam, the valley floods.
        Will we build a dam?
    """,
    ("de", "strong"): """
        Wir werden neue Straßenbahnen kaufen.
        Dazu werden wir in Brücken investieren.
        Dafür werden CDU und CSU sorgen.
        Wir im Kreistag werden den Haushalt offenlegen.
        Wir garantieren einen Kitaplatz.
        Das versprechen wir allen Familien.
        CDU und CSU werden die Steuern senken.
    """,
    ("de", "weak"): """
        Wir wollen mehr Lehrkräfte.
        Deshalb wollen wir die Bahn ausbauen.
        Das wollen CDU und CSU ändern.
        CDU und CSU fordern mehr Richter.
        Die ÖDP fordert ein Tempolimit.
        Außerdem fordern auch wir kostenlose Mahlzeiten.
        Die AfD setzt sich für kleine Schulen ein.
        Dafür setzen wir als Partei uns ein.
        Im Rat setzen wir uns für den schnellen Bau neuer Radwege ein.
        Wir setzen uns für den schnellen Bau neuer Radwege ein.
        Die ÖDP lehnt verkaufsoffene Sonntage ab.
        Diese Pläne lehnen wir als Partei entschieden ab.
        Die FDP tritt für Bürgerrechte ein.
        Auch im Rat treten wir offen für Vielfalt auf.
        Die Koalition strebt einen Ausgleich an.
        Deshalb unterstützen wir die Vereine.
        Langfristig streben wir eine Fusion an.
        Wir werden uns beim Land für die Strecke einsetzen.
        Im Bund werden wir uns für die Strecke einsetzen.
        Unser Ziel ist saubere Luft.
        Ziel muss es bleiben, Familien zu helfen.
        Ist es nicht unser Ziel, so ist es doch ein Ziel der Stadt.
        Wir brauchen mehr Wohnungen.
        Hier müssen wir handeln.
        Wir dürfen die Dörfer nicht vergessen.
        Politiker sollen einzahlen.
        Das Verfahren muss kürzer werden.
        Arbeit darf für Familien keine Last sein.
        Ein neues Gesetz ist dringend erforderlich.
        Dafür bedarf es klarer Regeln.
    """,
    ("de", "done"): """
        Wir haben zwölf Kitas gebaut.
        Im Mai haben wir den Haushalt beschlossen.
    """,
    ("de", "plain"): """
        Die Stadt hat neun Bezirke.
        Wenn wir die Steuern senken, wächst die Wirtschaft.
        Wir werden das erleben.
        Das werden wir bald sehen.
        Wir alle werden älter sein.
        Wir werden dabei nur dann gewinnen.
        Soll das so bleiben?
    """,
    ("nb", "strong"): """
        Kommunen skal eie flere boliger.
        Vi kommer til å åpne tre skoler.
        Vi lover lavere priser.
        Det garanterer vi.
        Innføre gratis skolemat.
    """,
    ("nb", "weak"): """
        Vi vil bygge flere boliger.
        Derfor vil vi styrke politiet.
        Rødt er mot gruvedrift.
        Rødt mener at staten må betale.
        KrF går inn for flere fosterhjem.
        Kommunen skal i større grad bidra til idretten.
        Vi vil at alle barn skal lære å svømme.
        Målet er færre ulykker.
        Det er også et mål å bygge ut trygdene.
        Ordningene må bli bedre.
        Tiltakene bør rettes mot ungdom.
        Kommunen trenger flere leger.
        Det er behov for flere leger.
        Arbeide for renere hav.
    """,
    ("nb", "done"): """
        Vi har allerede innført leksehjelp.
        I år har vi åpnet døra og styrket skolen.
        Regjeringen har nå opprettet et fond.
    """,
    ("nb", "plain"): """
        Norge har lang kyst.
        Hvis vi vil lykkes, trengs kunnskap.
        Det er et råd som skal ledes av staten.
        Dette vil trolig bety lite.
        Skal det være slik?
    """,
    ("da", "strong"): """
        Alle skoler skal have en køkkenhave.
        Vi kommer til at åbne tre klinikker.
        Vi lover lavere priser.
        Det garanterer vi.
        Indfør gratis skolemad.
    """,
    ("da", "weak"): """
        Vi vil bygge flere boliger.
        Derfor ønsker vi at styrke politiet.
        Venstre er imod forslaget.
        Alternativet mener ikke at loven bør gælde.
        Venstre går ind for frit valg.
        Kommunen skal i højere grad støtte idrætten.
        Vi vil derfor at alle børn skal lære at svømme.
        Målet er færre ulykker.
        Reglerne bør ændres.
        Der er også brug for flere læger.
        Det er nødvendigt med flere læger.
        Arbejde for renere hav.
    """,
    ("da", "done"): """
        Vi har allerede indført lektiehjælp.
        I år har vi igen styrket skolen.
        Regeringen har nu oprettet en fond.
    """,
    ("da", "plain"): """
        Danmark har lange kyster.
        Hvis vi vil lykkes, kræver det viden.
        Det er et råd som skal ledes af staten.
        Det vil nok betyde lidt.
        Skal det være sådan?
    """,
    ("sk", "strong"): """
        Zavedieme bezplatné obedy.
        Budeme pravidelne zverejňovať zmluvy.
        Garantujeme nižšie ceny.
        Zriadiť nočnú linku.
    """,
    ("sk", "weak"): """
        Podporíme knižnice.
        Chceme viac škôlok.
        Budeme sa usilovať o dohodu.
        Radi by sme otvorili klub.
        Sme proti spaľovni.
        Naším najväčším cieľom, teda naším cieľom je čistý vzduch.
        Cieľom je čistý vzduch.
        Musíme šetriť vodou.
        Obce by mali dostať viac, mali by rozhodovať.
        Je potrebné konať.
        Treba konať.
        Podporovať miestne spolky.
    """,
    ("sk", "done"): """
        Otvorili sme novú škôlku.
        Vlani sme dlho očakávanú škôlku otvorili.
        Podarilo sa nám znížiť dlh.
    """,
    ("sk", "plain"): """
        Kraj má sedem okresov.
        Ak zavedieme poplatok, prídeme o hostí.
        Sľúbili sme opravu mosta.
        Kedy opravíme most?
    """,
    ("pl", "strong"): """
        Wprowadzimy darmowe bilety.
        Będziemy regularnie publikować umowy.
        Będziemy co roku publikowali umowy.
        Gwarantujemy niższe ceny.
        Wybudować nową szkołę.
    """,
    ("pl", "weak"): """
        Chcemy więcej przedszkoli.
        Będziemy stale dążyć do zgody.
        Jesteśmy przeciw spalarni.
        Sprzeciwiamy się spalarni.
        Pomożemy rodzinom.
        Naszym celem jest czyste powietrze.
        Celem jest czyste powietrze.
        Musimy oszczędzać wodę.
        Każda gmina powinna mieć lekarza.
        Należy działać.
        Konieczne jest działanie.
        Działanie jest konieczne.
        Wspierać lokalne stowarzyszenia.
    """,
    ("pl", "done"): """
        Otworzyliśmy nowe przedszkole.
        Udało się nam obniżyć dług.
        Wiosną udało nam się obniżyć dług.
    """,
    ("pl", "plain"): """
        Województwo ma siedem powiatów.
        Jeśli wprowadzimy opłatę, stracimy gości.
        Obiecaliśmy remont mostu.
        Kiedy wyremontujemy most?
    """,
    ("fi", "strong"): """
        Lisäämme opettajia.
        Palkkaamme lisää sairaanhoitajia sairaaloihin.
        Lyhennämme hoitojonoja.
        Lyhennetään jonoja.
        Tulemme myös lisäämään vuoroja.
        Lisätään opettajia.
    """,
    ("fi", "weak"): """
        Haluamme enemmän päiväkoteja.
        Esitämme uutta mallia.
        Tavoitteemme on puhdas ilma.
        Hoitoa pitää saada ajoissa, ja jonoja pitää lyhentää, eli niitä pitää vähentää.
        Jonoja on nopeasti vähennettävä.
        Tarvitaan lisää lääkäreitä.
        Edistetään pyöräilyä.
    """,
    ("fi", "done"): """
        Olemme rakentaneet kolme koulua.
    """,
    ("fi", "plain"): """
        Suomessa on pitkä rannikko.
        Jos lisäämme maksuja, vieraat vähenevät.
        Olemme olleet täällä kauan.
        Lisäämmekö vuoroja?
    """,
}
CASES = [
    (lang, "plain" if label == "blame" else label, line.strip())
    for (lang, label), lines in SENTENCES.items()
    for line in lines.strip().splitlines()
]
