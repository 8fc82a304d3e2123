<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr">
<context>
    <name>Annotate</name>
    <message>
        <source>Annotate tiles from a layer</source>
        <translation>Annoter des tuiles à partir d’une couche</translation>
    </message>
    <message>
        <source>Annotation</source>
        <translation>Annotation</translation>
    </message>
    <message>
        <source>labels,footprints,buildings,import</source>
        <translation>étiquettes,emprises,bâtiments,importer</translation>
    </message>
    <message>
        <source>Finishes tiles with the footprints of a layer. A tile on which the layer has no footprint counts as looked at and empty, so name only tiles that were really looked at. Choose the tiles in one of three ways: the next ones of the queue, by their ids, or all exam tiles.</source>
        <translation>Termine des tuiles avec les emprises d’une couche. Une tuile sur laquelle la couche n’a aucune emprise compte comme regardée et vide : n’indiquez donc que des tuiles vraiment regardées. Choisissez les tuiles de l’une des trois façons : les prochaines de la file, par leurs identifiants, ou toutes les tuiles d’examen.</translation>
    </message>
    <message>
        <source>Footprints</source>
        <translation>Emprises</translation>
    </message>
    <message>
        <source>Polygons of what is mapped, in any CRS. Those on the chosen tiles are taken, the others ignored.</source>
        <translation>Polygones de ce qui est cartographié, dans n’importe quel SCR. Ceux des tuiles choisies sont pris, les autres ignorés.</translation>
    </message>
    <message>
        <source>Or a raster of classes</source>
        <translation>Ou un raster de classes</translation>
    </message>
    <message>
        <source>Whole numbers, each for a class. Where it has no data nobody has looked.</source>
        <translation>Des nombres entiers, chacun pour une classe. Là où il n’a pas de données, personne n’a regardé.</translation>
    </message>
    <message>
        <source>Field of the class</source>
        <translation>Champ de la classe</translation>
    </message>
    <message>
        <source>The field that names the class of each footprint, where the campaign maps several.</source>
        <translation>Le champ qui nomme la classe de chaque emprise, si la campagne en cartographie plusieurs.</translation>
    </message>
    <message>
        <source>What the values mean</source>
        <translation>Ce que signifient les valeurs</translation>
    </message>
    <message>
        <source>Values of that field, or of the raster, with their classes, for example 1=water,2=field,9=unlabelled. Names of classes, 0 for background and numbers from 1 speak for themselves.</source>
        <translation>Valeurs de ce champ, ou du raster, avec leurs classes, par exemple 1=water,2=field,9=unlabelled. Les noms des classes, 0 pour le fond et les numéros à partir de 1 parlent d’eux-mêmes.</translation>
    </message>
    <message>
        <source>Which class lies on top</source>
        <translation>Quelle classe est au-dessus</translation>
    </message>
    <message>
        <source>All classes, the first on top, for footprints of two classes on the same ground.</source>
        <translation>Toutes les classes, la première au-dessus, pour les emprises de deux classes sur le même terrain.</translation>
    </message>
    <message>
        <source>The next tiles of the queue</source>
        <translation>Les prochaines tuiles de la file</translation>
    </message>
    <message>
        <source>Finish so many tiles, best rank first, as 'Next tiles' lists them.</source>
        <translation>Terminer autant de tuiles, les mieux classées d’abord, comme « Prochaines tuiles » les énumère.</translation>
    </message>
    <message>
        <source>These tiles</source>
        <translation>Ces tuiles</translation>
    </message>
    <message>
        <source>Finish the tiles with these ids, separated by commas, for example r003_c012,r007_c001.</source>
        <translation>Terminer les tuiles qui portent ces identifiants, séparés par des virgules, par exemple r003_c012,r007_c001.</translation>
    </message>
    <message>
        <source>All exam tiles</source>
        <translation>Toutes les tuiles d’examen</translation>
    </message>
    <message>
        <source>Finish the exam tiles that still need labels. They measure the models and are never trained on.</source>
        <translation>Terminer les tuiles d’examen encore à annoter. Elles mesurent les modèles et ne servent jamais à l’entraînement.</translation>
    </message>
    <message>
        <source>Repair broken outlines</source>
        <translation>Réparer les contours défectueux</translation>
    </message>
    <message>
        <source>Mend self-intersecting outlines and leave out what is no polygon, instead of refusing the layer.</source>
        <translation>Réparer les contours qui se croisent et écarter ce qui n’est pas un polygone, au lieu de refuser la couche.</translation>
    </message>
    <message>
        <source>Where the footprints are complete</source>
        <translation>Où les emprises sont complètes</translation>
    </message>
    <message>
        <source>Polygons inside which the layer shows all there is. A chosen tile that is not wholly inside is refused, so that none becomes empty which nobody looked at.</source>
        <translation>Polygones à l’intérieur desquels la couche montre tout ce qu’il y a. Une tuile choisie qui n’y est pas entièrement est refusée, pour qu’aucune ne devienne vide sans que personne l’ait regardée.</translation>
    </message>
    <message>
        <source>All tiles may be empty</source>
        <translation>Toutes les tuiles peuvent être vides</translation>
    </message>
    <message>
        <source>Finish the tiles although the layer has no footprint on any of them.</source>
        <translation>Terminer les tuiles bien que la couche n’ait d’emprise sur aucune d’elles.</translation>
    </message>
    <message>
        <source>Annotator</source>
        <translation>Annotateur</translation>
    </message>
    <message>
        <source>Whose work this is, for the log. Without it, your name on this computer.</source>
        <translation>De qui est ce travail, pour le journal. Sans indication, votre nom sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Number of tiles with footprints</source>
        <translation>Nombre de tuiles avec des emprises</translation>
    </message>
    <message>
        <source>Number of tiles without footprints</source>
        <translation>Nombre de tuiles sans emprise</translation>
    </message>
    <message>
        <source>Number of footprints taken</source>
        <translation>Nombre d’emprises reprises</translation>
    </message>
    <message>
        <source>Ids of the tiles, separated by commas</source>
        <translation>Identifiants des tuiles, séparés par des virgules</translation>
    </message>
    <message>
        <source>Say where the labels are: in footprints (FOOTPRINTS) or in a raster (LABEL_RASTER), one of both.</source>
        <translation>Dites où sont les étiquettes : dans des emprises (FOOTPRINTS) ou dans un raster (LABEL_RASTER), l’un des deux.</translation>
    </message>
    <message>
        <source>Say which tiles to finish, in one way: a number of the next tiles of the queue (NEXT), their ids (TILES), or all exam tiles (EXAM).</source>
        <translation>Dites quelles tuiles terminer, d’une seule façon : un nombre de prochaines tuiles de la file (NEXT), leurs identifiants (TILES), ou toutes les tuiles d’examen (EXAM).</translation>
    </message>
    <message>
        <source>{tiles} tiles to finish: {filled} with {footprints} footprints of the layer, {empty} without any, which will count as looked at and empty.</source>
        <translation>{tiles} tuiles à terminer : {filled} avec {footprints} emprises de la couche, {empty} sans aucune, qui compteront comme regardées et vides.</translation>
    </message>
    <message>
        <source>{tiles} tiles finished as {annotator}: {done} with {footprints} footprints, {empty} empty.</source>
        <translation>{tiles} tuiles terminées par {annotator} : {done} avec {footprints} emprises, {empty} vides.</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Arrêté avant la fin. Ce qui était terminé est conservé : relancez et le travail reprend là.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Dossier de la campagne</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>Le dossier de la campagne, tel que « Nouvelle campagne » l’a créé.</translation>
    </message>
</context>
<context>
    <name>AnnotateActions</name>
    <message>
        <source>Next tile</source>
        <translation>Tuile suivante</translation>
    </message>
    <message>
        <source>Zoom to the tile that is worth most, and draw there</source>
        <translation>Zoomer sur la tuile qui vaut le plus, et y dessiner</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Précédente</translation>
    </message>
    <message>
        <source>Go back to the tile before, to correct it</source>
        <translation>Revenir à la tuile précédente, pour la corriger</translation>
    </message>
    <message>
        <source>Accept all</source>
        <translation>Tout accepter</translation>
    </message>
    <message>
        <source>Take all outlines that the model proposes; what is wrong can still be corrected or deleted</source>
        <translation>Prendre tous les contours que propose le modèle ; ce qui est faux peut encore être corrigé ou supprimé</translation>
    </message>
    <message>
        <source>Accept the draft under the cursor</source>
        <translation>Accepter l’ébauche sous le curseur</translation>
    </message>
    <message>
        <source>Take the one proposed outline under the mouse: point at it on the map and press the keys</source>
        <translation>Prendre le seul contour proposé sous la souris : pointez-le sur la carte et appuyez sur les touches</translation>
    </message>
    <message>
        <source>By click</source>
        <translation>Au clic</translation>
    </message>
    <message>
        <source>Then click on the proposed outlines that are right, one after the other; Esc ends it. Quicker: point at one and press the keys of 'Accept the draft under the cursor' (Shift+U)</source>
        <translation>Cliquez ensuite sur les contours proposés qui sont justes, l’un après l’autre ; Échap y met fin. Plus rapide : pointez-en un et pressez les touches de « Accepter l’ébauche sous le curseur » (Maj+U)</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminée</translation>
    </message>
    <message>
        <source>All that there is to map on the tile is drawn: save it and go to the next</source>
        <translation>Tout ce qu’il y a à cartographier sur la tuile est dessiné : l’enregistrer et passer à la suivante</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Vide</translation>
    </message>
    <message>
        <source>There is nothing to map on the tile, which teaches the model too: save that and go to the next</source>
        <translation>Il n’y a rien à cartographier sur la tuile, ce qui instruit aussi le modèle : l’enregistrer et passer à la suivante</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Passer</translation>
    </message>
    <message>
        <source>Leave the tile as it is, for somebody else: it does not count, and the next one comes</source>
        <translation>Laisser la tuile telle quelle, pour quelqu’un d’autre : elle ne compte pas, et la suivante arrive</translation>
    </message>
    <message>
        <source>Bad imagery</source>
        <translation>Image inutilisable</translation>
    </message>
    <message>
        <source>Clouds, blur or no picture: nobody could draw here, so nobody gets the tile again</source>
        <translation>Nuages, flou ou pas d’image : personne ne pourrait dessiner ici, la tuile ne revient donc à personne</translation>
    </message>
    <message>
        <source>Class {n}</source>
        <translation>Classe {n}</translation>
    </message>
    <message>
        <source>What is drawn from now on is of this class, and so is what is selected on the layer Drawing</source>
        <translation>Ce qui est dessiné désormais est de cette classe, et aussi ce qui est sélectionné dans la couche Dessin</translation>
    </message>
</context>
<context>
    <name>AnnotatePanel</name>
    <message>
        <source>Serve the tiles that come next, best first</source>
        <translation>Proposer les tuiles suivantes, les meilleures d’abord</translation>
    </message>
    <message>
        <source>Serve the tiles on which every version of the model is tested</source>
        <translation>Proposer les tuiles sur lesquelles chaque version du modèle est éprouvée</translation>
    </message>
    <message>
        <source>Exam tiles: {annotated} of {exam}</source>
        <translation>Tuiles d’examen : {annotated} sur {exam}</translation>
    </message>
    <message>
        <source>Exam tiles</source>
        <translation>Tuiles d’examen</translation>
    </message>
    <message>
        <source>Annotate the {exam} exam tiles first. The model never learns from them: they are the test that shows whether it has become better.</source>
        <translation>Annotez d’abord les {exam} tuiles d’examen. Le modèle n’apprend jamais d’elles : elles sont l’épreuve qui montre s’il est devenu meilleur.</translation>
    </message>
    <message>
        <source>No tile yet</source>
        <translation>Pas encore de tuile</translation>
    </message>
    <message>
        <source>Press Next tile: the map goes there.</source>
        <translation>Cliquez sur Tuile suivante : la carte s’y rend.</translation>
    </message>
    <message>
        <source>, rank {rank}</source>
        <translation>, rang {rank}</translation>
    </message>
    <message>
        <source>Tile {tile}</source>
        <translation>Tuile {tile}</translation>
    </message>
    <message>
        <source>Drafts: {drafts}, drawn: {drawn}</source>
        <translation>Ébauches : {drafts}, dessinées : {drawn}</translation>
    </message>
    <message>
        <source>{time} a tile</source>
        <translation>{time} par tuile</translation>
    </message>
    <message>
        <source>Which tiles</source>
        <translation>Quelles tuiles</translation>
    </message>
    <message>
        <source>The most useful ones</source>
        <translation>Les plus utiles</translation>
    </message>
    <message>
        <source>Draw the class</source>
        <translation>Dessiner la classe</translation>
    </message>
    <message>
        <source>What the model proposes</source>
        <translation>Ce que propose le modèle</translation>
    </message>
    <message>
        <source>Check it: begin with all of it</source>
        <translation>Vérifier : commencer avec tout</translation>
    </message>
    <message>
        <source>Tiles begin with every outline that the model proposes: correct, delete and add, then finish them</source>
        <translation>Les tuiles commencent avec tous les contours que le modèle propose : corrigez, supprimez et ajoutez, puis terminez-les</translation>
    </message>
    <message>
        <source>Finish the tile as</source>
        <translation>Terminer la tuile comme</translation>
    </message>
</context>
<context>
    <name>CampaignCreation</name>
    <message>
        <source>{folder} is not empty: choose a new folder.</source>
        <translation>{folder} n’est pas vide : choisissez un nouveau dossier.</translation>
    </message>
    <message>
        <source>Opening the campaign</source>
        <translation>Ouverture de la campagne</translation>
    </message>
    <message>
        <source>Making the campaign</source>
        <translation>Création de la campagne</translation>
    </message>
    <message>
        <source>Reading the online imagery</source>
        <translation>Lecture de l’image en ligne</translation>
    </message>
    <message>
        <source>Stopped. What was read is kept: start again with the same folder and it goes on from there.</source>
        <translation>Arrêté. Ce qui a été lu est conservé : relancez avec le même dossier et la lecture reprend là.</translation>
    </message>
</context>
<context>
    <name>CampaignLayers</name>
    <message>
        <source>Tiles</source>
        <translation>Tuiles</translation>
    </message>
    <message>
        <source>Footprints</source>
        <translation>Emprises</translation>
    </message>
    <message>
        <source>Tile Triage: {name}</source>
        <translation>Tile Triage : {name}</translation>
    </message>
</context>
<context>
    <name>CampaignWork</name>
    <message>
        <source>Measuring the speed</source>
        <translation>Mesure de la vitesse</translation>
    </message>
    <message>
        <source>Scoring the tiles</source>
        <translation>Priorisation des tuiles</translation>
    </message>
    <message>
        <source>Fine-tuning the model</source>
        <translation>Affinage du modèle</translation>
    </message>
    <message>
        <source>Measuring the map</source>
        <translation>Mesure de la carte</translation>
    </message>
    <message>
        <source>Changing to version {version}</source>
        <translation>Passage à la version {version}</translation>
    </message>
    <message>
        <source>Saving version {version}</source>
        <translation>Enregistrement de la version {version}</translation>
    </message>
    <message>
        <source>Version {version} is saved in {folder}.</source>
        <translation>La version {version} est enregistrée dans {folder}.</translation>
    </message>
    <message>
        <source>Version {version} is an adapter from a file. It is parked until you activate it.</source>
        <translation>La version {version} est un adaptateur venu d’un fichier. Elle est mise de côté jusqu’à ce que vous l’activiez.</translation>
    </message>
    <message>
        <source>Activate</source>
        <translation>Activer</translation>
    </message>
    <message>
        <source>Taking in {name}</source>
        <translation>Ajout de {name}</translation>
    </message>
    <message>
        <source>Predicting footprints</source>
        <translation>Prédiction des emprises</translation>
    </message>
    <message>
        <source>{n} tiles, {speed:.1f} a second</source>
        <translation>{n} tuiles, {speed:.1f} par seconde</translation>
    </message>
    <message>
        <source>{n:.1f} tiles a second on {device}</source>
        <translation>{n:.1f} tuiles par seconde sur {device}</translation>
    </message>
    <message>
        <source>Stopped. What was scored is kept: press Score again and it goes on from there.</source>
        <translation>Arrêté. Ce qui a été priorisé est conservé : cliquez à nouveau sur Prioriser et le travail reprend là.</translation>
    </message>
    <message>
        <source>Epoch {n}, loss {loss:.3f}</source>
        <translation>Époque {n}, perte {loss:.3f}</translation>
    </message>
    <message>
        <source>Stopped, and the model is as before. Fine-tune again with the same tiles and it goes on.</source>
        <translation>Arrêté, et le modèle est comme avant. Affinez à nouveau avec les mêmes tuiles et le travail reprend.</translation>
    </message>
    <message>
        <source>Version {version} works from now on.</source>
        <translation>La version {version} est désormais active.</translation>
    </message>
    <message>
        <source>Footprints by {version}</source>
        <translation>Emprises de {version}</translation>
    </message>
</context>
<context>
    <name>ClassTable</name>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>IoU before</source>
        <translation>IoU avant</translation>
    </message>
    <message>
        <source>after</source>
        <translation>après</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Moyenne</translation>
    </message>
</context>
<context>
    <name>Drafts</name>
    <message>
        <source>Drafts of the next tiles</source>
        <translation>Ébauches des prochaines tuiles</translation>
    </message>
    <message>
        <source>There are no drafts: {reason}</source>
        <translation>Il n’y a pas d’ébauches : {reason}</translation>
    </message>
</context>
<context>
    <name>Drawing</name>
    <message>
        <source>Accept drafts</source>
        <translation>Accepter des ébauches</translation>
    </message>
    <message>
        <source>Change class</source>
        <translation>Changer la classe</translation>
    </message>
    <message>
        <source>No autosave of {tile}: {error}</source>
        <translation>Pas d’enregistrement automatique de {tile} : {error}</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>Dessin</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Ébauches</translation>
    </message>
</context>
<context>
    <name>EngineAlgorithm</name>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Arrêté avant la fin. Ce qui était terminé est conservé : relancez et le travail reprend là.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Dossier de la campagne</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>Le dossier de la campagne, tel que « Nouvelle campagne » l’a créé.</translation>
    </message>
</context>
<context>
    <name>EngineTask</name>
    <message>
        <source>{work} (cancelled)</source>
        <translation>{work} (annulé)</translation>
    </message>
</context>
<context>
    <name>Evaluate</name>
    <message>
        <source>Evaluate a version</source>
        <translation>Évaluer une version</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>exam,accuracy,IoU,F1,measure</source>
        <translation>examen,exactitude,IoU,F1,mesurer</translation>
    </message>
    <message>
        <source>Measures a model version on the annotated exam tiles, which no version was trained on: by pixel (IoU, F1), and by footprint, where one counts as found when its IoU with the true one is at least one half.</source>
        <translation>Mesure une version du modèle sur les tuiles d’examen annotées, dont aucune version n’a appris : par pixel (IoU, F1) et par emprise, où une emprise compte comme trouvée si son IoU avec la vraie atteint au moins un demi.</translation>
    </message>
    <message>
        <source>Model version</source>
        <translation>Version du modèle</translation>
    </message>
    <message>
        <source>The version to measure, as 'Versions' lists it. Without it, the active one.</source>
        <translation>La version à mesurer, telle que « Versions » l’énumère. Sans indication, la version active.</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Footprint F1</source>
        <translation>F1 par emprise</translation>
    </message>
    <message>
        <source>Mean IoU of the footprints found</source>
        <translation>IoU moyen des emprises trouvées</translation>
    </message>
    <message>
        <source>Number of exam tiles</source>
        <translation>Nombre de tuiles d’examen</translation>
    </message>
    <message>
        <source>Version {version} on {tiles} exam tiles: IoU {iou:.3f}, F1 {f1:.3f}, footprint F1 {footprint_f1:.3f} (mean IoU of those found {matched_iou:.3f}).</source>
        <translation>Version {version} sur {tiles} tuiles d’examen : IoU {iou:.3f}, F1 {f1:.3f}, F1 par emprise {footprint_f1:.3f} (IoU moyen de celles trouvées {matched_iou:.3f}).</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Arrêté avant la fin. Ce qui était terminé est conservé : relancez et le travail reprend là.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Dossier de la campagne</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>Le dossier de la campagne, tel que « Nouvelle campagne » l’a créé.</translation>
    </message>
</context>
<context>
    <name>FineTune</name>
    <message>
        <source>Fine-tune the model</source>
        <translation>Affiner le modèle</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>train,learn,version,deep learning</source>
        <translation>entraîner,apprendre,version,apprentissage profond</translation>
    </message>
    <message>
        <source>Makes a new model version from the active one and all annotated tiles, or, in a campaign that began with a model that knew nothing, from that one anew. It becomes the active version where tiles that it has not learnt from show that it is better; else it is parked. Stopped, it goes on from there next time.</source>
        <translation>Crée une nouvelle version du modèle à partir de la version active et de toutes les tuiles annotées ou, dans une campagne qui a commencé avec un modèle qui ne savait rien, de nouveau à partir de celui-ci. Elle devient la version active si des tuiles dont elle n’a pas appris montrent qu’elle est meilleure ; sinon elle est mise de côté. Arrêtée, elle reprend de là la fois suivante.</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Méthode</translation>
    </message>
    <message>
        <source>What learns: full, the whole network, usually the better one for buildings; decoder, only its second half, which is faster; lora, that half and small adapters beside the first, a file of 2 MB for other campaigns, which needs the package peft. From nothing all three learn a flood as well (F1 0.90 to 0.91 with 5 tiles, 0.92 with 20).</source>
        <translation>Ce qui apprend : full, tout le réseau, en général le meilleur choix pour les bâtiments ; decoder, seulement sa seconde moitié, ce qui est plus rapide ; lora, cette moitié et de petits adaptateurs à côté de la première, un fichier de 2 Mo pour d’autres campagnes, ce qui demande le paquet peft. À partir de rien, les trois apprennent une inondation aussi bien (F1 de 0,90 à 0,91 avec 5 tuiles, 0,92 avec 20).</translation>
    </message>
    <message>
        <source>Minutes at most</source>
        <translation>Minutes au plus</translation>
    </message>
    <message>
        <source>Training ends after this time, or earlier when it brings nothing more.</source>
        <translation>L’entraînement s’arrête après cette durée, ou plus tôt s’il n’apporte plus rien.</translation>
    </message>
    <message>
        <source>Epochs at most</source>
        <translation>Époques au plus</translation>
    </message>
    <message>
        <source>Training ends after going through the tiles so often. Whichever comes first counts.</source>
        <translation>L’entraînement s’arrête après autant de passages sur les tuiles. La première limite atteinte compte.</translation>
    </message>
    <message>
        <source>Seed of chance</source>
        <translation>Graine du hasard</translation>
    </message>
    <message>
        <source>The same number, tiles and epochs give the same model again.</source>
        <translation>Le même nombre, les mêmes tuiles et époques redonnent le même modèle.</translation>
    </message>
    <message>
        <source>New model version</source>
        <translation>Nouvelle version du modèle</translation>
    </message>
    <message>
        <source>Version that it was made from</source>
        <translation>Version dont elle est issue</translation>
    </message>
    <message>
        <source>The new version is active</source>
        <translation>La nouvelle version est active</translation>
    </message>
    <message>
        <source>IoU before, on the tiles that judge</source>
        <translation>IoU avant, sur les tuiles qui jugent</translation>
    </message>
    <message>
        <source>IoU now, on the tiles that judge</source>
        <translation>IoU maintenant, sur les tuiles qui jugent</translation>
    </message>
    <message>
        <source>Number of exam tiles that both versions sat</source>
        <translation>Nombre de tuiles d’examen passées par les deux versions</translation>
    </message>
    <message>
        <source>Number of tiles trained on</source>
        <translation>Nombre de tuiles d’entraînement</translation>
    </message>
    <message>
        <source>Number of epochs</source>
        <translation>Nombre d’époques</translation>
    </message>
    <message>
        <source>Say when training ends: after how many minutes, or how many epochs.</source>
        <translation>Dites quand l’entraînement s’arrête : après combien de minutes ou d’époques.</translation>
    </message>
    <message>
        <source>Epoch {number}: loss {loss:.3f}</source>
        <translation>Époque {number} : perte {loss:.3f}</translation>
    </message>
    <message>
        <source>Version {version} has learned from {tiles} tiles in {epochs} epochs and {seconds:.0f} s.</source>
        <translation>La version {version} a appris de {tiles} tuiles en {epochs} époques et {seconds:.0f} s.</translation>
    </message>
    <message>
        <source>{name}: IoU {before:.3f} before, {after:.3f} after</source>
        <translation>{name} : IoU {before:.3f} avant, {after:.3f} après</translation>
    </message>
    <message>
        <source>{name} is taken for {others}</source>
        <translation>{name} est pris pour {others}</translation>
    </message>
    <message>
        <source>It is the active version now: it has learnt something, and {parent} knew nothing.</source>
        <translation>C’est maintenant la version active : elle a appris quelque chose, et {parent} ne savait rien.</translation>
    </message>
    <message>
        <source>It is parked: the new tiles are too few or too close together to hold some out, or show nothing of what is mapped, so nothing shows whether it is better than {parent}. Annotate more tiles, or make it active with 'Versions'.</source>
        <translation>Elle est mise de côté : les nouvelles tuiles sont trop peu nombreuses ou trop proches pour en mettre à part, ou ne montrent rien de ce qui est cartographié ; rien ne montre donc si elle est meilleure que {parent}. Annotez plus de tuiles, ou activez-la avec « Versions ».</translation>
    </message>
    <message>
        <source>It is the active version now: IoU on {judges} {after:.3f}, before {before:.3f} (change {low:+.3f} to {high:+.3f}). Score the tiles again to see where it is still weak.</source>
        <translation>C’est maintenant la version active : IoU sur {judges} {after:.3f}, avant {before:.3f} (changement de {low:+.3f} à {high:+.3f}). Priorisez à nouveau les tuiles pour voir où elle est encore faible.</translation>
    </message>
    <message>
        <source>It is parked, and {parent} stays active: IoU on {judges} {after:.3f}, before {before:.3f}, so it is not better. Annotate more tiles, or make it active with 'Versions'.</source>
        <translation>Elle est mise de côté, et {parent} reste active : IoU sur {judges} {after:.3f}, avant {before:.3f}, elle n’est donc pas meilleure. Annotez plus de tuiles, ou activez-la avec « Versions ».</translation>
    </message>
    <message>
        <source>It is parked, and {parent} stays active: IoU on {judges} {after:.3f}, before {before:.3f}, but these are too few to be sure. Annotate at least {missing} more that lie apart from them, or make it active with 'Versions'.</source>
        <translation>Elle est mise de côté, et {parent} reste active : IoU sur {judges} {after:.3f}, avant {before:.3f}, mais elles sont trop peu nombreuses pour conclure. Annotez-en au moins {missing} autres situées à l’écart de celles-ci, ou rendez-la active avec « Versions ».</translation>
    </message>
    <message>
        <source>It is parked, and {parent} stays active: IoU on {judges} {after:.3f}, before {before:.3f}. The change, {low:+.3f} to {high:+.3f}, may be chance. Annotate more tiles, or make it active with 'Versions'.</source>
        <translation>Elle est mise de côté et {parent} reste active : IoU sur {judges} {after:.3f}, avant {before:.3f}. Le changement, de {low:+.3f} à {high:+.3f}, peut être dû au hasard. Annotez d’autres tuiles, ou activez-la avec « Versions ».</translation>
    </message>
    <message>
        <source>{n} exam tiles</source>
        <translation>{n} tuiles d’examen</translation>
    </message>
    <message>
        <source>{n} tiles held out in turn</source>
        <translation>{n} tuiles mises à part tour à tour</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Arrêté avant la fin. Ce qui était terminé est conservé : relancez et le travail reprend là.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Dossier de la campagne</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>Le dossier de la campagne, tel que « Nouvelle campagne » l’a créé.</translation>
    </message>
</context>
<context>
    <name>LayerWatch</name>
    <message>
        <source>No longer on the map: {layers}. The work goes on and nothing is lost.</source>
        <translation>N’est plus sur la carte : {layers}. Le travail continue et rien n’est perdu.</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Remettre</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>bright first, dark can wait</source>
        <translation>claires d’abord</translation>
    </message>
    <message>
        <source>one of the next 20</source>
        <translation>l’une des 20 prochaines</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminée</translation>
    </message>
    <message>
        <source>empty: nothing to map</source>
        <translation>vide : rien à cartographier</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>passée</translation>
    </message>
    <message>
        <source>bad imagery</source>
        <translation>image inutilisable</translation>
    </message>
    <message>
        <source>exam tile: tests the model</source>
        <translation>tuile d’examen : éprouve le modèle</translation>
    </message>
</context>
<context>
    <name>New</name>
    <message>
        <source>New campaign</source>
        <translation>Nouvelle campagne</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Campagne</translation>
    </message>
    <message>
        <source>workspace,imagery,tile grid,create</source>
        <translation>campagne,imagerie,grille de tuiles,créer</translation>
    </message>
    <message>
        <source>Opens a campaign over imagery in a new folder: lays the tile grid and takes a model to start from. The imagery stays where it is.</source>
        <translation>Ouvre une campagne sur une imagerie dans un nouveau dossier : pose la grille de tuiles et prend un modèle de départ. L’imagerie reste où elle est.</translation>
    </message>
    <message>
        <source>Imagery</source>
        <translation>Imagerie</translation>
    </message>
    <message>
        <source>The georeferenced raster to be mapped, from a file on this computer. The file is not changed.</source>
        <translation>Le raster géoréférencé à cartographier, depuis un fichier de cet ordinateur. Le fichier n’est pas modifié.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Dossier de la campagne</translation>
    </message>
    <message>
        <source>A new or empty folder, which becomes the campaign.</source>
        <translation>Un dossier nouveau ou vide, qui devient la campagne.</translation>
    </message>
    <message>
        <source>Area of interest</source>
        <translation>Zone d’intérêt</translation>
    </message>
    <message>
        <source>Polygons in any CRS: only tiles that touch them count. Without it, the whole imagery.</source>
        <translation>Polygones dans n’importe quel SCR : seules les tuiles qui les touchent comptent. Sans indication, toute l’image.</translation>
    </message>
    <message>
        <source>Ground sampling distance in metres</source>
        <translation>Résolution au sol en mètres</translation>
    </message>
    <message>
        <source>How much ground a pixel covers when the model looks at it. Without it, that of the imagery.</source>
        <translation>Étendue de sol que couvre un pixel quand le modèle le regarde. Sans indication, celle de l’image.</translation>
    </message>
    <message>
        <source>Tile size in pixels</source>
        <translation>Taille des tuiles en pixels</translation>
    </message>
    <message>
        <source>Side of a tile, a multiple of 32. A tile is what is ranked, and annotated at once.</source>
        <translation>Côté d’une tuile, un multiple de 32. Une tuile est ce qui est classé, et annoté d’un coup.</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Bandes</translation>
    </message>
    <message>
        <source>The bands that the model sees: for buildings red, green and blue. Without it, all of them.</source>
        <translation>Les bandes que le modèle voit : pour les bâtiments, rouge, vert et bleu. Sans cela, toutes.</translation>
    </message>
    <message>
        <source>What is mapped</source>
        <translation>Ce qui est cartographié</translation>
    </message>
    <message>
        <source>Names of classes with commas between them, for example water,field, or the path of a JSON file with names, colours and rules. Without it, buildings. Anything else starts from a model that has yet to learn it.</source>
        <translation>Noms de classes séparés par des virgules, par exemple water,field, ou chemin d’un fichier JSON avec noms, couleurs et règles. Sans cela, les bâtiments. Tout le reste part d’un modèle qui doit encore l’apprendre.</translation>
    </message>
    <message>
        <source>Model to start from</source>
        <translation>Modèle de départ</translation>
    </message>
    <message>
        <source>The folder of another model version (card.json and weights). Without it, the model that ships.</source>
        <translation>Le dossier d’une autre version du modèle (card.json et poids). Sans indication, le modèle fourni.</translation>
    </message>
    <message>
        <source>Exam tiles</source>
        <translation>Tuiles d’examen</translation>
    </message>
    <message>
        <source>About how many tiles are set aside to measure every model, 20 or more to decide. Without them those measure it that fine-tuning holds out in turn.</source>
        <translation>À peu près combien de tuiles sont mises de côté pour mesurer chaque modèle, 20 ou plus pour décider. Sans elles, celles que l’affinage met à part tour à tour le mesurent.</translation>
    </message>
    <message>
        <source>Seed of chance</source>
        <translation>Graine du hasard</translation>
    </message>
    <message>
        <source>The same number chooses the same exam tiles again.</source>
        <translation>Le même nombre choisit à nouveau les mêmes tuiles d’examen.</translation>
    </message>
    <message>
        <source>Number of tiles</source>
        <translation>Nombre de tuiles</translation>
    </message>
    <message>
        <source>Number of exam tiles</source>
        <translation>Nombre de tuiles d’examen</translation>
    </message>
    <message>
        <source>A tile size of {pixels} is no multiple of 32. Take 128, 256 or 512.</source>
        <translation>Une taille de tuile de {pixels} n’est pas un multiple de 32. Prenez 128, 256 ou 512.</translation>
    </message>
    <message>
        <source>The model '{version}' was trained on this very imagery, so all its figures here flatter. For a fair measurement start from a version that has not seen it.</source>
        <translation>Le modèle « {version} » a été entraîné sur cette image même : tous ses chiffres ici sont flatteurs. Pour une mesure honnête, partez d’une version qui ne l’a pas vue.</translation>
    </message>
    <message>
        <source>The campaign is in {folder}: {tiles} tiles of {metres:.1f} m at {gsd:.3g} m a pixel.</source>
        <translation>La campagne est dans {folder} : {tiles} tuiles de {metres:.1f} m à {gsd:.3g} m par pixel.</translation>
    </message>
    <message>
        <source>{exam} of them are exam tiles. Annotate those first: they show whether a model is better.</source>
        <translation>{exam} d’entre elles sont des tuiles d’examen. Annotez-les d’abord : elles montrent si un modèle est meilleur.</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Arrêté avant la fin. Ce qui était terminé est conservé : relancez et le travail reprend là.</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>Le dossier de la campagne, tel que « Nouvelle campagne » l’a créé.</translation>
    </message>
</context>
<context>
    <name>NewCampaign</name>
    <message>
        <source>New campaign</source>
        <translation>Nouvelle campagne</translation>
    </message>
    <message>
        <source>The aerial or satellite image that is to be mapped</source>
        <translation>L’image aérienne ou satellite à cartographier</translation>
    </message>
    <message>
        <source>the whole image</source>
        <translation>toute l’image</translation>
    </message>
    <message>
        <source>Polygons that limit the campaign; without them the whole image is taken</source>
        <translation>Polygones qui limitent la campagne ; sans eux, toute l’image est prise</translation>
    </message>
    <message>
        <source>A new folder: labels, model versions and scores of the campaign go there</source>
        <translation>Un nouveau dossier : les annotations, les versions du modèle et les priorités de la campagne y vont</translation>
    </message>
    <message>
        <source>Start without scores</source>
        <translation>Démarrer sans priorités</translation>
    </message>
    <message>
        <source>Start and score</source>
        <translation>Démarrer et prioriser</translation>
    </message>
    <message>
        <source>Make the campaign and find out which tiles to annotate first</source>
        <translation>Créer la campagne et trouver quelles tuiles annoter d’abord</translation>
    </message>
    <message>
        <source>Add your imagery to the map first: Layer &gt; Add Layer &gt; Add Raster Layer.</source>
        <translation>Ajoutez d’abord votre image à la carte : Couche &gt; Ajouter une couche &gt; Ajouter une couche raster.</translation>
    </message>
    <message>
        <source>This imagery is online and has no end: choose an area of interest.</source>
        <translation>Cette image est en ligne et n’a pas de fin : choisissez une zone d’intérêt.</translation>
    </message>
    <message>
        <source>Choose a folder for the campaign.</source>
        <translation>Choisissez un dossier pour la campagne.</translation>
    </message>
    <message>
        <source>About {tiles} tiles of {metres:.0f} m on a side.</source>
        <translation>Environ {tiles} tuiles de {metres:.0f} m de côté.</translation>
    </message>
    <message>
        <source>Imagery</source>
        <translation>Imagerie</translation>
    </message>
    <message>
        <source>Area of interest</source>
        <translation>Zone d’intérêt</translation>
    </message>
    <message>
        <source>Folder of the campaign</source>
        <translation>Dossier de la campagne</translation>
    </message>
    <message>
        <source>Tiles and exam</source>
        <translation>Tuiles et examen</translation>
    </message>
    <message>
        <source> m</source>
        <translation> m</translation>
    </message>
    <message>
        <source>Ground metres a pixel at which the model looks; as in the imagery, or coarser</source>
        <translation>Mètres de sol par pixel auxquels le modèle regarde ; comme dans l’image, ou plus grossier</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Pixels on a side of a tile: what one person annotates in a few minutes</source>
        <translation>Pixels par côté de tuile : ce qu’une personne annote en quelques minutes</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>Tiles set aside to measure every version of the model, 20 or more to decide. Without them those measure it that fine-tuning holds out in turn.</source>
        <translation>Tuiles mises de côté pour mesurer chaque version du modèle, 20 ou plus pour décider. Sans elles, celles que l’affinage met à part tour à tour la mesurent.</translation>
    </message>
    <message>
        <source>Pixel</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>Tuile</translation>
    </message>
    <message>
        <source>Exam tiles</source>
        <translation>Tuiles d’examen</translation>
    </message>
</context>
<context>
    <name>NextTiles</name>
    <message>
        <source>Next tiles</source>
        <translation>Prochaines tuiles</translation>
    </message>
    <message>
        <source>Annotation</source>
        <translation>Annotation</translation>
    </message>
    <message>
        <source>queue,rank,priority,round</source>
        <translation>file,rang,priorité,tour</translation>
    </message>
    <message>
        <source>Lists the tiles that are worth most to annotate next, best first, each with the reason.</source>
        <translation>Énumère les tuiles qu’il vaut le mieux annoter ensuite, les meilleures d’abord, chacune avec sa raison.</translation>
    </message>
    <message>
        <source>Number of tiles</source>
        <translation>Nombre de tuiles</translation>
    </message>
    <message>
        <source>How many tiles to list at most. Without it, 10, or all exam tiles.</source>
        <translation>Combien de tuiles énumérer au plus. Sans indication, 10, ou toutes les tuiles d’examen.</translation>
    </message>
    <message>
        <source>Exam tiles</source>
        <translation>Tuiles d’examen</translation>
    </message>
    <message>
        <source>List the exam tiles that still need labels instead. They measure every model.</source>
        <translation>Énumérer plutôt les tuiles d’examen encore à annoter. Elles mesurent chaque modèle.</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>HTML files (*.html)</source>
        <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
        <source>Where to save the list as a page to read or to print.</source>
        <translation>Où enregistrer la liste comme page à lire ou à imprimer.</translation>
    </message>
    <message>
        <source>List for other programs</source>
        <translation>Liste pour d’autres logiciels</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation>Fichiers JSON (*.json)</translation>
    </message>
    <message>
        <source>Where to save the list as JSON, with everything that is known of each tile and its bounds.</source>
        <translation>Où enregistrer la liste en JSON, avec tout ce qui est connu de chaque tuile et ses limites.</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Couche</translation>
    </message>
    <message>
        <source>Where to save the squares of these tiles as a layer of their own, for example to hand out.</source>
        <translation>Où enregistrer les carrés de ces tuiles comme une couche à part, par exemple pour les distribuer.</translation>
    </message>
    <message>
        <source>Number of tiles listed</source>
        <translation>Nombre de tuiles énumérées</translation>
    </message>
    <message>
        <source>Ids of the tiles, separated by commas</source>
        <translation>Identifiants des tuiles, séparés par des virgules</translation>
    </message>
    <message>
        <source>No tile waits for labels there.</source>
        <translation>Aucune tuile n’y attend d’annotation.</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>Tuile</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorité</translation>
    </message>
    <message>
        <source>Predicted IoU</source>
        <translation>IoU prédit</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Raison</translation>
    </message>
    <message>
        <source>Exam tiles to annotate</source>
        <translation>Tuiles d’examen à annoter</translation>
    </message>
    <message>
        <source>Tiles to annotate next</source>
        <translation>Tuiles à annoter ensuite</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Arrêté avant la fin. Ce qui était terminé est conservé : relancez et le travail reprend là.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Dossier de la campagne</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>Le dossier de la campagne, tel que « Nouvelle campagne » l’a créé.</translation>
    </message>
</context>
<context>
    <name>OnlineReading</name>
    <message>
        <source>The server of the imagery does not answer as it should: {trouble}. Check the network and try again: what was read is kept.</source>
        <translation>Le serveur de l’image ne répond pas comme il faut : {trouble}. Vérifiez le réseau et réessayez : ce qui a été lu est conservé.</translation>
    </message>
    <message>
        <source>The server has no picture of this area at this GSD, or gives you none. Look at the layer there on the map, then choose a coarser GSD or another area.</source>
        <translation>Le serveur n’a pas d’image de cette zone à cette résolution, ou ne vous en donne pas. Regardez la couche à cet endroit sur la carte, puis choisissez une résolution plus grossière ou une autre zone.</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>pas de réponse à temps</translation>
    </message>
    <message>
        <source>The imagery cannot be saved ({error}). Choose a folder on a disk with room that you can write to.</source>
        <translation>L’image ne peut pas être enregistrée ({error}). Choisissez un dossier où vous pouvez écrire, sur un disque qui a de la place.</translation>
    </message>
</context>
<context>
    <name>OptionsPage</name>
    <message>
        <source> m²</source>
        <translation> m²</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatique</translation>
    </message>
    <message>
        <source>Annotator</source>
        <translation>Annotateur</translation>
    </message>
    <message>
        <source>The name that is kept with every label that you draw.</source>
        <translation>Le nom conservé avec chaque annotation que vous dessinez.</translation>
    </message>
    <message>
        <source>Smallest draft</source>
        <translation>Plus petite ébauche</translation>
    </message>
    <message>
        <source>Outlines that the model proposes are left out where they are smaller.</source>
        <translation>Les contours proposés par le modèle sont écartés s’ils sont plus petits.</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>Fils du processeur</translation>
    </message>
    <message>
        <source>For the model. Automatic leaves one core free, so that QGIS stays quick.</source>
        <translation>Pour le modèle. Automatique laisse un cœur libre, pour que QGIS reste rapide.</translation>
    </message>
</context>
<context>
    <name>Predict</name>
    <message>
        <source>Predict footprints</source>
        <translation>Prédire les emprises</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>buildings,segmentation,polygons,result</source>
        <translation>bâtiments,segmentation,polygones,résultat</translation>
    </message>
    <message>
        <source>Draws the footprints of the whole area: those of people in the tiles that they finished and wherever they drew, elsewhere those that a model version sees, seamless across tiles, each with its confidence and the version. The model's are proposals: they never become labels by themselves.</source>
        <translation>Dessine les emprises de toute la zone : celles des personnes dans les tuiles qu’elles ont terminées et partout où elles ont dessiné, ailleurs celles qu’une version du modèle voit, sans coupure entre les tuiles, chacune avec sa confiance et la version. Celles du modèle sont des propositions : elles ne deviennent jamais d’elles-mêmes des annotations.</translation>
    </message>
    <message>
        <source>Model version</source>
        <translation>Version du modèle</translation>
    </message>
    <message>
        <source>The version that draws, as 'Versions' lists it. Without it, the active one.</source>
        <translation>La version qui dessine, telle que « Versions » l’énumère. Sans indication, la version active.</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>Polygons in any CRS: only footprints that touch them are drawn. Without it, the whole campaign.</source>
        <translation>Polygones dans n’importe quel SCR : seules les emprises qui les touchent sont dessinées. Sans indication, toute la campagne.</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Seuil</translation>
    </message>
    <message>
        <source>From which probability on a pixel shows a class: lower finds more, higher draws fewer false ones.</source>
        <translation>À partir de quelle probabilité un pixel montre une classe : plus bas en trouve davantage, plus haut en dessine moins de fausses.</translation>
    </message>
    <message>
        <source>Smallest footprint in m²</source>
        <translation>Plus petite emprise en m²</translation>
    </message>
    <message>
        <source>Smaller footprints of the model are left out. Without it, as their class says: 4 for buildings.</source>
        <translation>Les emprises du modèle plus petites sont laissées de côté. Sans cela, comme le dit leur classe : 4 pour les bâtiments.</translation>
    </message>
    <message>
        <source>Footprints</source>
        <translation>Emprises</translation>
    </message>
    <message>
        <source>Where to save them: GeoPackage in the CRS of the campaign, or GeoJSON in longitude and latitude. An earlier result there is replaced; other layers of a GeoPackage stay, and what people drew is never written over.</source>
        <translation>Où les enregistrer : GeoPackage dans le SCR de la campagne, ou GeoJSON en longitude et latitude. Un résultat antérieur à cet endroit est remplacé ; les autres couches d’un GeoPackage restent, et ce que des personnes ont dessiné n’est jamais écrasé.</translation>
    </message>
    <message>
        <source>Raster of classes</source>
        <translation>Raster de classes</translation>
    </message>
    <message>
        <source>Where to save the class of every pixel as well, as GeoTIFF, with a style of the same name.</source>
        <translation>Où enregistrer aussi la classe de chaque pixel, en GeoTIFF, avec un style du même nom.</translation>
    </message>
    <message>
        <source>Number of footprints</source>
        <translation>Nombre d’emprises</translation>
    </message>
    <message>
        <source>Footprints that people drew or accepted</source>
        <translation>Emprises dessinées ou acceptées par des personnes</translation>
    </message>
    <message>
        <source>Footprints of the model</source>
        <translation>Emprises du modèle</translation>
    </message>
    <message>
        <source>{footprints} footprints in {path}: {people} that people drew or accepted, {model} by version {version}.</source>
        <translation>{footprints} emprises dans {path} : {people} dessinées ou acceptées par des personnes, {model} par la version {version}.</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Arrêté avant la fin. Ce qui était terminé est conservé : relancez et le travail reprend là.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Dossier de la campagne</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>Le dossier de la campagne, tel que « Nouvelle campagne » l’a créé.</translation>
    </message>
</context>
<context>
    <name>PredictPanel</name>
    <message>
        <source>Show the file's folder</source>
        <translation>Montrer le dossier du fichier</translation>
    </message>
    <message>
        <source>Open the folder in the file manager, to hand the file on</source>
        <translation>Ouvrir le dossier dans le gestionnaire de fichiers, pour transmettre le fichier</translation>
    </message>
    <message>
        <source>Replace the file</source>
        <translation>Remplacer le fichier</translation>
    </message>
    <message>
        <source>The file is there already: its footprints are lost, also what was corrected in them</source>
        <translation>Le fichier existe déjà : ses emprises seront perdues, y compris ce qui y a été corrigé</translation>
    </message>
    <message>
        <source>Predict footprints</source>
        <translation>Prédire les emprises</translation>
    </message>
    <message>
        <source>Draw all that the active version sees where people have not drawn</source>
        <translation>Dessiner tout ce que la version active voit là où personne n’a dessiné</translation>
    </message>
    <message>
        <source>{n} footprints are on the map and in {file}: {people} that people drew or accepted, {model} by version {version}.</source>
        <translation>{n} emprises sont sur la carte et dans {file} : {people} dessinées ou acceptées par des personnes, {model} par la version {version}.</translation>
    </message>
    <message>
        <source>Let the model draw</source>
        <translation>Laisser le modèle dessiner</translation>
    </message>
    <message>
        <source>Footprints for the whole area: people's where they drew or looked, the model's elsewhere, each with its confidence. They never become labels by themselves.</source>
        <translation>Des emprises pour toute la zone : celles des personnes là où elles ont dessiné ou regardé, celles du modèle ailleurs, chacune avec sa confiance. Elles ne deviennent jamais d’elles-mêmes des annotations.</translation>
    </message>
    <message>
        <source>the whole campaign</source>
        <translation>toute la campagne</translation>
    </message>
    <message>
        <source>Polygons in which to draw; of a layer with a selection only what is selected</source>
        <translation>Polygones dans lesquels dessiner ; d’une couche avec une sélection, seulement ce qui est sélectionné</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg);;GeoJSON (*.geojson)</source>
        <translation>GeoPackage (*.gpkg);;GeoJSON (*.geojson)</translation>
    </message>
    <message>
        <source>The file of footprints; a new name is proposed each time</source>
        <translation>Le fichier des emprises ; un nouveau nom est proposé chaque fois</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
</context>
<context>
    <name>Quality</name>
    <message>
        <source>Quality of the map</source>
        <translation>Qualité de la carte</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>accuracy,IoU,estimate,interval,area,measure</source>
        <translation>exactitude,IoU,estimation,intervalle,surface,mesure</translation>
    </message>
    <message>
        <source>Estimates how good the finished map is now: what people annotated, and what the active version shows elsewhere. The tiles that were drawn by lot (strategy map-gain) measure it; no exam tiles are needed.</source>
        <translation>Estime la qualité actuelle de la carte finie : ce que des personnes ont annoté, et ailleurs ce que montre la version active. Les tuiles tirées au sort (stratégie map-gain) la mesurent ; aucune tuile d’examen n’est nécessaire.</translation>
    </message>
    <message>
        <source>Enough below, in percent</source>
        <translation>C’est assez en dessous de, en pour cent</translation>
    </message>
    <message>
        <source>It is enough where ten more minutes should make less than so much more of the map right.</source>
        <translation>C’est assez quand dix minutes de plus devraient rendre juste moins que cette part de la carte.</translation>
    </message>
    <message>
        <source>IoU of the map</source>
        <translation>IoU de la carte</translation>
    </message>
    <message>
        <source>Lower bound of the IoU</source>
        <translation>Borne inférieure de l’IoU</translation>
    </message>
    <message>
        <source>Upper bound of the IoU</source>
        <translation>Borne supérieure de l’IoU</translation>
    </message>
    <message>
        <source>Mapped area in square metres</source>
        <translation>Surface cartographiée en mètres carrés</translation>
    </message>
    <message>
        <source>F1 of the map's footprints</source>
        <translation>F1 des emprises de la carte</translation>
    </message>
    <message>
        <source>Lower bound of that F1</source>
        <translation>Borne inférieure de ce F1</translation>
    </message>
    <message>
        <source>Upper bound of that F1</source>
        <translation>Borne supérieure de ce F1</translation>
    </message>
    <message>
        <source>Number of footprints</source>
        <translation>Nombre d’emprises</translation>
    </message>
    <message>
        <source>Lower bound of that number</source>
        <translation>Borne inférieure de ce nombre</translation>
    </message>
    <message>
        <source>Upper bound of that number</source>
        <translation>Borne supérieure de ce nombre</translation>
    </message>
    <message>
        <source>Whether it is enough</source>
        <translation>Si c’est assez</translation>
    </message>
    <message>
        <source>Tiles that measure the map</source>
        <translation>Tuiles qui mesurent la carte</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Arrêté avant la fin. Ce qui était terminé est conservé : relancez et le travail reprend là.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Dossier de la campagne</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>Le dossier de la campagne, tel que « Nouvelle campagne » l’a créé.</translation>
    </message>
</context>
<context>
    <name>Score</name>
    <message>
        <source>Score tiles</source>
        <translation>Prioriser les tuiles</translation>
    </message>
    <message>
        <source>Annotation</source>
        <translation>Annotation</translation>
    </message>
    <message>
        <source>heatmap,priority,active learning,rank,uncertainty</source>
        <translation>carte de chaleur,priorité,apprentissage actif,rang,incertitude</translation>
    </message>
    <message>
        <source>Says of every tile how much annotating it is worth, to the map and to the model, and why: as priority, rank and reason in the tiles layer, and as a heatmap. Only tiles that the active version has not seen yet are computed.</source>
        <translation>Dit de chaque tuile ce que vaut son annotation, pour la carte et pour le modèle, et pourquoi : en priorité, rang et raison dans la couche des tuiles, et en carte de chaleur. Seules les tuiles que la version active n’a pas encore vues sont calculées.</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Stratégie</translation>
    </message>
    <message>
        <source>How tiles are ranked. Automatic: half a round from the tiles that are expected to mend and to teach most by the minute, the other half drawn by lot, so that the same tiles tell how good the map is (map-gain).</source>
        <translation>Comment les tuiles sont classées. Automatique : la moitié d’un tour vient des tuiles qui devraient corriger et enseigner le plus par minute, l’autre est tirée au sort, pour que les mêmes tuiles disent ce que vaut la carte (map-gain).</translation>
    </message>
    <message>
        <source>Tiles of the next round</source>
        <translation>Tuiles du prochain tour</translation>
    </message>
    <message>
        <source>So many tiles are chosen as a set, not one by one: annotate that many before you score again.</source>
        <translation>Autant de tuiles sont choisies ensemble, non une à une : annotez-en ce nombre avant de prioriser à nouveau.</translation>
    </message>
    <message>
        <source>Picture of the heatmap</source>
        <translation>Image de la carte de chaleur</translation>
    </message>
    <message>
        <source>PNG files (*.png)</source>
        <translation>Fichiers PNG (*.png)</translation>
    </message>
    <message>
        <source>Where to save the heatmap over the imagery, with a legend, for a report or a message to the team.</source>
        <translation>Où enregistrer la carte de chaleur sur l’image, avec une légende, pour un rapport ou un message à l’équipe.</translation>
    </message>
    <message>
        <source>Bands that the picture shows</source>
        <translation>Bandes montrées par l’image</translation>
    </message>
    <message>
        <source>By number or name, for example 4,3,2. Without them true colour, where the raster names its bands.</source>
        <translation>Par numéro ou par nom, par exemple 4,3,2. Sinon en couleurs naturelles, si le raster nomme ses bandes.</translation>
    </message>
    <message>
        <source>Seed of chance</source>
        <translation>Graine du hasard</translation>
    </message>
    <message>
        <source>The same number gives the same ranking again.</source>
        <translation>Le même nombre redonne le même classement.</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>Tuiles</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>Carte de chaleur</translation>
    </message>
    <message>
        <source>Model version</source>
        <translation>Version du modèle</translation>
    </message>
    <message>
        <source>Strategy used</source>
        <translation>Stratégie utilisée</translation>
    </message>
    <message>
        <source>Number of tiles with a score</source>
        <translation>Nombre de tuiles avec une priorité</translation>
    </message>
    <message>
        <source>Number of tiles computed now</source>
        <translation>Nombre de tuiles calculées maintenant</translation>
    </message>
    <message>
        <source>Number of tiles without a picture</source>
        <translation>Nombre de tuiles sans image</translation>
    </message>
    <message>
        <source>{tiles} tiles, {new} of them computed now by version {version}, in {seconds:.0f} s.</source>
        <translation>{tiles} tuiles, dont {new} calculées maintenant par la version {version}, en {seconds:.0f} s.</translation>
    </message>
    <message>
        <source>{bad} tiles hold no picture and are left out (bad imagery).</source>
        <translation>{bad} tuiles n’ont pas d’image et sont écartées (image inutilisable).</translation>
    </message>
    <message>
        <source>Strategy: {strategy}.</source>
        <translation>Stratégie : {strategy}.</translation>
    </message>
    <message>
        <source>The predicted IoU is off by {mae:.2f} on average, measured on {labels} annotated tiles; rank correlation {rho:.2f}.</source>
        <translation>L’IoU prédit se trompe de {mae:.2f} en moyenne, mesuré sur {labels} tuiles annotées ; corrélation de rang {rho:.2f}.</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Arrêté avant la fin. Ce qui était terminé est conservé : relancez et le travail reprend là.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Dossier de la campagne</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>Le dossier de la campagne, tel que « Nouvelle campagne » l’a créé.</translation>
    </message>
</context>
<context>
    <name>ScorePanel</name>
    <message>
        <source>Annotate the first tile</source>
        <translation>Annoter la première tuile</translation>
    </message>
    <message>
        <source>Zoom to the tile that is worth most, and draw there</source>
        <translation>Zoomer sur la tuile qui vaut le plus, et y dessiner</translation>
    </message>
    <message>
        <source>Look at every tile, those on the map first, and paint where to annotate next</source>
        <translation>Regarder chaque tuile, celles de la carte d’abord, et peindre où annoter ensuite</translation>
    </message>
    <message>
        <source>How strongly the heatmap covers the imagery</source>
        <translation>À quel point la carte de chaleur couvre l’image</translation>
    </message>
    <message>
        <source>{tiles} tiles scored with {version} in {time}.</source>
        <translation>{tiles} tuiles évaluées avec {version} en {time}.</translation>
    </message>
    <message>
        <source>{bad} have no picture and are left out.</source>
        <translation>{bad} n’ont pas d’image et sont écartées.</translation>
    </message>
    <message>
        <source>Bright tiles are worth most.</source>
        <translation>Les tuiles claires valent le plus.</translation>
    </message>
    <message>
        <source>What to annotate next</source>
        <translation>Quoi annoter ensuite</translation>
    </message>
    <message>
        <source>The rule by which tiles are ranked</source>
        <translation>La règle qui classe les tuiles</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatique</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Prioriser</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Stratégie</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>Carte de chaleur</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Opacité</translation>
    </message>
</context>
<context>
    <name>ScoringLayer</name>
    <message>
        <source>Scoring</source>
        <translation>Priorisation</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>The tile on the map is not finished: it does not count in this fine-tuning.</source>
        <translation>La tuile sur la carte n’est pas terminée : elle ne compte pas dans cet affinage.</translation>
    </message>
    <message>
        <source>Start or open a campaign first.</source>
        <translation>Commencez ou ouvrez d’abord une campagne.</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>You have imagery, and something to map on it: buildings, water, land cover. Tile Triage finds the tiles where your work teaches the model most, then lets the model draw the rest.</source>
        <translation>Vous avez une image, et quelque chose à y cartographier : bâtiments, eau, occupation du sol. Tile Triage trouve les tuiles où votre travail apprend le plus au modèle, puis laisse le modèle dessiner le reste.</translation>
    </message>
    <message>
        <source>Take the campaign off the map; nothing is lost, open it again at any time</source>
        <translation>Retirer la campagne de la carte ; rien n’est perdu, rouvrez-la quand vous voulez</translation>
    </message>
    <message>
        <source>Choose the folder of a campaign that was made earlier, here or by somebody else</source>
        <translation>Choisir le dossier d’une campagne créée plus tôt, ici ou par quelqu’un d’autre</translation>
    </message>
    <message>
        <source>Earlier campaign</source>
        <translation>Campagne antérieure</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Ouvrir un dossier…</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Montrer le dossier</translation>
    </message>
    <message>
        <source>Open the campaign's folder in the file manager, for example to back it up</source>
        <translation>Ouvrir le dossier de la campagne dans le gestionnaire de fichiers, par exemple pour le sauvegarder</translation>
    </message>
    <message>
        <source>Close the campaign</source>
        <translation>Fermer la campagne</translation>
    </message>
    <message>
        <source>Open the campaign in {folder}</source>
        <translation>Ouvrir la campagne dans {folder}</translation>
    </message>
    <message>
        <source>Folder of a campaign</source>
        <translation>Dossier d’une campagne</translation>
    </message>
</context>
<context>
    <name>ThisComputer</name>
    <message>
        <source>This computer</source>
        <translation>Cet ordinateur</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>pas encore mesurée</translation>
    </message>
    <message>
        <source>Measure speed</source>
        <translation>Mesurer la vitesse</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copier la commande</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Copier le diagnostic</translation>
    </message>
    <message>
        <source>Copy what is known of this computer and campaign, to ask somebody for help</source>
        <translation>Copier ce que l’on sait de cet ordinateur et de la campagne, pour demander de l’aide</translation>
    </message>
    <message>
        <source>Copy the line that installs what is missing</source>
        <translation>Copier la ligne qui installe ce qui manque</translation>
    </message>
    <message>
        <source>Python packages: all here</source>
        <translation>Paquets Python : tous présents</translation>
    </message>
    <message>
        <source>Speed: {speed}</source>
        <translation>Vitesse : {speed}</translation>
    </message>
    <message>
        <source>Python packages are missing.</source>
        <translation>Des paquets Python manquent.</translation>
    </message>
    <message>
        <source>Try the model on five tiles and see how many it manages in a second</source>
        <translation>Essayer le modèle sur cinq tuiles et voir combien il en traite par seconde</translation>
    </message>
    <message>
        <source>Base model: here</source>
        <translation>Modèle de base : présent</translation>
    </message>
    <message>
        <source>Base model: missing. Install the plugin again.</source>
        <translation>Modèle de base : absent. Réinstallez l’extension.</translation>
    </message>
    <message>
        <source>Disk: {free:.0f} GB free</source>
        <translation>Disque : {free:.0f} Go libres</translation>
    </message>
    <message>
        <source>Disk: only {free:.1f} GB free</source>
        <translation>Disque : seulement {free:.1f} Go libres</translation>
    </message>
</context>
<context>
    <name>TileEditor</name>
    <message>
        <source>{n} selected footprints are {name} now. Ctrl+Z takes it back.</source>
        <translation>{n} emprises sélectionnées sont maintenant de la classe {name}. Ctrl+Z l’annule.</translation>
    </message>
    <message>
        <source>This is the only tile that waits.</source>
        <translation>C’est la seule tuile en attente.</translation>
    </message>
    <message>
        <source>There is no tile before this one in this session.</source>
        <translation>Il n’y a pas de tuile avant celle-ci dans cette séance.</translation>
    </message>
    <message>
        <source>Click on the drafts that are right. Esc, or a right click, ends it.</source>
        <translation>Cliquez sur les ébauches qui sont justes. Échap, ou un clic droit, y met fin.</translation>
    </message>
    <message>
        <source>Take a tile first: press Next tile.</source>
        <translation>Prenez d’abord une tuile : cliquez sur Tuile suivante.</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Réparer</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Garder les deux</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Découper</translation>
    </message>
    <message>
        <source>Tile {tile} is not on the map any more: go back to it first.</source>
        <translation>La tuile {tile} n’est plus sur la carte : revenez-y d’abord.</translation>
    </message>
    <message>
        <source>The tile is off the map. What was drawn is kept: take it again with Next tile.</source>
        <translation>La tuile n’est plus sur la carte. Ce qui a été dessiné est conservé : reprenez-la avec Tuile suivante.</translation>
    </message>
    <message>
        <source>An outline is half drawn. A right click on the map ends it, Esc throws it away.</source>
        <translation>Un contour est à moitié dessiné. Un clic droit sur la carte le termine, Échap l’abandonne.</translation>
    </message>
    <message>
        <source>There is no draft under the mouse.</source>
        <translation>Il n’y a pas d’ébauche sous la souris.</translation>
    </message>
    <message>
        <source>The layer with your drawing is back: it belongs to the tile. Finish the tile and it is emptied.</source>
        <translation>La couche de votre dessin est de retour : elle appartient à la tuile. Terminez la tuile et elle sera vidée.</translation>
    </message>
    <message>
        <source>Nothing is drawn on this tile. Accept the drafts, draw what it shows, or finish it as empty where there is nothing to map.</source>
        <translation>Rien n’est dessiné sur cette tuile. Acceptez les ébauches, dessinez ce qu’elle montre, ou terminez-la comme vide s’il n’y a rien à cartographier.</translation>
    </message>
    <message>
        <source>{n} footprints are on this tile, so it is not empty. Finish it as done, or delete them first.</source>
        <translation>{n} emprises sont sur cette tuile, elle n’est donc pas vide. Terminez-la, ou supprimez-les d’abord.</translation>
    </message>
    <message>
        <source>All exam tiles are annotated: the exam is ready.</source>
        <translation>Toutes les tuiles d’examen sont annotées : l’examen est prêt.</translation>
    </message>
    <message>
        <source>Every tile is annotated or skipped: nothing is left to annotate.</source>
        <translation>Chaque tuile est annotée ou passée : il ne reste rien à annoter.</translation>
    </message>
</context>
<context>
    <name>TileTriage</name>
    <message>
        <source>Tile Triage panel</source>
        <translation>Panneau Tile Triage</translation>
    </message>
    <message>
        <source>Tile Triage: which tiles of your imagery to annotate next</source>
        <translation>Tile Triage : quelles tuiles de votre image annoter ensuite</translation>
    </message>
    <message>
        <source>Tile Triage guide</source>
        <translation>Guide de Tile Triage</translation>
    </message>
</context>
<context>
    <name>TileTriageDock</name>
    <message>
        <source>No campaign</source>
        <translation>Pas de campagne</translation>
    </message>
    <message>
        <source>Show the whole campaign on the map</source>
        <translation>Montrer toute la campagne sur la carte</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Départ</translation>
    </message>
    <message>
        <source>Begin or open a campaign</source>
        <translation>Commencer ou ouvrir une campagne</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Prioriser</translation>
    </message>
    <message>
        <source>Find out which tiles to annotate next</source>
        <translation>Trouver quelles tuiles annoter ensuite</translation>
    </message>
    <message>
        <source>Annotate</source>
        <translation>Annoter</translation>
    </message>
    <message>
        <source>Draw what one tile after the other shows</source>
        <translation>Dessiner ce que montrent les tuiles, l’une après l’autre</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Entraîner</translation>
    </message>
    <message>
        <source>Let the model learn from the tiles that you have annotated</source>
        <translation>Laisser le modèle apprendre des tuiles que vous avez annotées</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>Prédire</translation>
    </message>
    <message>
        <source>Let the model draw the rest</source>
        <translation>Laisser le modèle dessiner le reste</translation>
    </message>
    <message>
        <source>Read the guide: one short page for each step</source>
        <translation>Lire le guide : une courte page par étape</translation>
    </message>
</context>
<context>
    <name>TrainPanel</name>
    <message>
        <source>epoch</source>
        <translation>époque</translation>
    </message>
    <message>
        <source>annotated tiles</source>
        <translation>tuiles annotées</translation>
    </message>
    <message>
        <source>After each fine-tuning a point shows what your work brought.</source>
        <translation>Après chaque affinage, un point montre ce que votre travail a apporté.</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>minutes</translation>
    </message>
    <message>
        <source>After each scoring a point shows how good the map is.</source>
        <translation>Après chaque priorisation, un point montre ce que vaut la carte.</translation>
    </message>
    <message>
        <source>Estimate from the tiles drawn by lot how much of the finished map is right</source>
        <translation>Estimer, d’après les tuiles tirées au sort, quelle part de la carte finie est juste</translation>
    </message>
    <message>
        <source>Make a new version of the model from all annotated tiles; you can go on annotating meanwhile</source>
        <translation>Créer une nouvelle version du modèle à partir de toutes les tuiles annotées ; vous pouvez continuer d’annoter pendant ce temps</translation>
    </message>
    <message>
        <source>No exam tile is annotated yet: a new version is judged by tiles that are held out in turn.</source>
        <translation>Aucune tuile d’examen n’est encore annotée : une nouvelle version est jugée par des tuiles mises à part tour à tour.</translation>
    </message>
    <message>
        <source>Annotate a few tiles first: the model learns from them.</source>
        <translation>Annotez d’abord quelques tuiles : le modèle apprend d’elles.</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>perte</translation>
    </message>
    <message>
        <source>exam IoU</source>
        <translation>IoU à l’examen</translation>
    </message>
    <message>
        <source>IoU of the map</source>
        <translation>IoU de la carte</translation>
    </message>
    <message>
        <source>Let the model learn</source>
        <translation>Laisser le modèle apprendre</translation>
    </message>
    <message>
        <source>Which part of the model learns</source>
        <translation>Quelle partie du modèle apprend</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Au plus</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>Affiner</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Méthode</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>Training ends after this time, or earlier when it brings nothing more</source>
        <translation>L’entraînement s’arrête après cette durée, ou plus tôt s’il n’apporte plus rien</translation>
    </message>
    <message>
        <source>What your work has brought</source>
        <translation>Ce que votre travail a apporté</translation>
    </message>
    <message>
        <source>How good is the map?</source>
        <translation>Que vaut la carte ?</translation>
    </message>
    <message>
        <source>Enough below</source>
        <translation>C’est assez en dessous de</translation>
    </message>
    <message>
        <source>Where ten more minutes should make less than so much of the map right, it is enough</source>
        <translation>Quand dix minutes de plus devraient rendre juste moins que cette part de la carte, c’est assez</translation>
    </message>
</context>
<context>
    <name>VersionModel</name>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>Tuiles</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Where a version comes from is in its tooltip</source>
        <translation>L’origine d’une version est dans son infobulle</translation>
    </message>
    <message>
        <source>Annotated tiles that it has learned from</source>
        <translation>Tuiles annotées dont elle a appris</translation>
    </message>
    <message>
        <source>Overlap of what it draws with what people drew on the exam tiles: 1 is perfect</source>
        <translation>Recouvrement de ce qu’elle dessine et de ce qui a été dessiné sur les tuiles d’examen : 1 est parfait</translation>
    </message>
    <message>
        <source>The active version scores, drafts and predicts; parked ones can take its place at any time</source>
        <translation>La version active priorise, ébauche et prédit ; celles mises de côté peuvent prendre sa place à tout moment</translation>
    </message>
    <message>
        <source>active</source>
        <translation>active</translation>
    </message>
    <message>
        <source>parked</source>
        <translation>mise de côté</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>endommagée</translation>
    </message>
    <message>
        <source>made from {parent}, {created}</source>
        <translation>issue de {parent}, {created}</translation>
    </message>
</context>
<context>
    <name>Versions</name>
    <message>
        <source>Versions: list and activate</source>
        <translation>Versions : lister et activer</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Campagne</translation>
    </message>
    <message>
        <source>model,roll back,activate,parked</source>
        <translation>modèle,revenir,activer,mise de côté</translation>
    </message>
    <message>
        <source>Lists the model versions of a campaign with the IoU that they were judged by, and makes one of them the active version where you name it: to roll back to an earlier one, or to take one that was parked.</source>
        <translation>Liste les versions du modèle d’une campagne avec l’IoU qui les a jugées, et active celle que vous nommez : pour revenir à une version antérieure, ou en prendre une mise de côté.</translation>
    </message>
    <message>
        <source>Version to activate</source>
        <translation>Version à activer</translation>
    </message>
    <message>
        <source>The version that scores, predicts and is fine-tuned from now on. Without it, nothing changes.</source>
        <translation>La version qui priorise, prédit et sera affinée désormais. Sans indication, rien ne change.</translation>
    </message>
    <message>
        <source>Active version</source>
        <translation>Version active</translation>
    </message>
    <message>
        <source>All versions, separated by commas</source>
        <translation>Toutes les versions, séparées par des virgules</translation>
    </message>
    <message>
        <source>{version} is damaged: {problem}</source>
        <translation>{version} est endommagée : {problem}</translation>
    </message>
    <message>
        <source>active</source>
        <translation>active</translation>
    </message>
    <message>
        <source>IoU on the exam tiles {iou:.3f}</source>
        <translation>IoU sur les tuiles d’examen {iou:.3f}</translation>
    </message>
    <message>
        <source>IoU on tiles held out in turn {iou:.3f}</source>
        <translation>IoU sur les tuiles mises à part tour à tour {iou:.3f}</translation>
    </message>
    <message>
        <source>from {parent}, {method}</source>
        <translation>issue de {parent}, {method}</translation>
    </message>
    <message>
        <source>made {created}</source>
        <translation>créée le {created}</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Arrêté avant la fin. Ce qui était terminé est conservé : relancez et le travail reprend là.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Dossier de la campagne</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>Le dossier de la campagne, tel que « Nouvelle campagne » l’a créé.</translation>
    </message>
</context>
<context>
    <name>VersionsGroup</name>
    <message>
        <source>Model versions</source>
        <translation>Versions du modèle</translation>
    </message>
    <message>
        <source>Activate</source>
        <translation>Activer</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Take in an adapter…</source>
        <translation>Ajouter un adaptateur…</translation>
    </message>
    <message>
        <source>This version is active already.</source>
        <translation>Cette version est déjà active.</translation>
    </message>
    <message>
        <source>Let the model work with this version from now on, for example to go back to an earlier one</source>
        <translation>Faire travailler le modèle avec cette version désormais, par exemple pour revenir à une version antérieure</translation>
    </message>
    <message>
        <source>Save a copy of this version, to take it to another computer</source>
        <translation>Enregistrer une copie de cette version, pour l’emporter sur un autre ordinateur</translation>
    </message>
    <message>
        <source>Take in an adapter (.ttadapter) from another campaign; you can also drop the file here</source>
        <translation>Ajouter un adaptateur (.ttadapter) d’une autre campagne ; vous pouvez aussi déposer le fichier ici</translation>
    </message>
    <message>
        <source>Click on a version in the table first.</source>
        <translation>Cliquez d’abord sur une version dans le tableau.</translation>
    </message>
    <message>
        <source>Where to save the version</source>
        <translation>Où enregistrer la version</translation>
    </message>
    <message>
        <source>Adapter to take in</source>
        <translation>Adaptateur à ajouter</translation>
    </message>
    <message>
        <source>Adapters (*{suffix})</source>
        <translation>Adaptateurs (*{suffix})</translation>
    </message>
</context>
<context>
    <name>WhatToMap</name>
    <message>
        <source>Names with commas between them, for example water, or building, road, tree; or the path of a JSON file with names, colours and rules. The model that ships knows buildings; anything else it learns from the tiles that you annotate. With the path of an adapter (.ttadapter) the campaign begins with what that knows.</source>
        <translation>Des noms séparés par des virgules, par exemple eau, ou bâtiment, route, arbre ; ou le chemin d’un fichier JSON avec noms, couleurs et règles. Le modèle livré connaît les bâtiments ; tout le reste, il l’apprend des tuiles que vous annotez. Avec le chemin d’un adaptateur (.ttadapter), la campagne commence avec ce que celui-ci sait.</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Bandes</translation>
    </message>
    <message>
        <source>The bands of the imagery in which the model looks</source>
        <translation>Les bandes de l’image que le modèle regarde</translation>
    </message>
    <message>
        <source>What to map</source>
        <translation>Quoi cartographier</translation>
    </message>
    <message>
        <source>The adapter looks in {n} bands ({names}): choose these, in this order.</source>
        <translation>L’adaptateur regarde {n} bandes ({names}) : choisissez-les, dans cet ordre.</translation>
    </message>
    <message>
        <source>Choose the bands in which the model shall look.</source>
        <translation>Choisissez les bandes que le modèle doit regarder.</translation>
    </message>
</context>
<context>
    <name>WorkBar</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>This ends by itself in a moment.</source>
        <translation>Cela se termine tout seul dans un instant.</translation>
    </message>
    <message>
        <source>Stop; what is finished is kept, and the next time it goes on from there</source>
        <translation>Arrêter ; ce qui est terminé est conservé, et la prochaine fois le travail reprend là</translation>
    </message>
    <message>
        <source>It stops after the step that it is at.</source>
        <translation>L’arrêt vient après l’étape en cours.</translation>
    </message>
</context>
<context>
    <name>WorkQueue</name>
    <message>
        <source>{work} is running: wait for it or cancel it.</source>
        <translation>{work} est en cours : attendez la fin ou annulez.</translation>
    </message>
    <message>
        <source>Something went wrong that should not: {error}</source>
        <translation>Quelque chose s’est mal passé, ce qui ne devrait pas arriver : {error}</translation>
    </message>
</context>
<context>
    <name>area_of_interest</name>
    <message>
        <source>The area of interest '{name}' does not fit into the CRS of the imagery ({crs}). Check the CRS of both layers.</source>
        <translation>La zone d’intérêt « {name} » n’entre pas dans le SCR de l’image ({crs}). Vérifiez le SCR des deux couches.</translation>
    </message>
    <message>
        <source>The area of interest cannot be saved in {folder}: {text}. Choose a folder that you can write to.</source>
        <translation>La zone d’intérêt ne peut pas être enregistrée dans {folder} : {text}. Choisissez un dossier où vous pouvez écrire.</translation>
    </message>
    <message>
        <source>The area of interest '{name}' holds no polygon. Draw one around what is to be mapped, or choose another layer.</source>
        <translation>La zone d’intérêt « {name} » ne contient aucun polygone. Dessinez-en un autour de ce qu’il faut cartographier, ou choisissez une autre couche.</translation>
    </message>
    <message>
        <source>The area of interest '{name}' has no CRS. Set it: right-click the layer &gt; Layer CRS &gt; Set Layer CRS.</source>
        <translation>La zone d’intérêt « {name} » n’a pas de SCR. Définissez-le : clic droit sur la couche &gt; SCR de la couche &gt; Définir le SCR de la couche.</translation>
    </message>
</context>
<context>
    <name>choices</name>
    <message>
        <source>Half a round from the tiles that should mend and teach most by the minute, the other half drawn by lot, so that the same tiles tell how good the map is (map-gain).</source>
        <translation>La moitié d’un tour vient des tuiles qui devraient corriger et enseigner le plus par minute, l’autre est tirée au sort, pour que les mêmes tuiles disent ce que vaut la carte (map-gain).</translation>
    </message>
    <message>
        <source>Draws tiles by lot, by what they are expected to mend on the map and to teach, by the minute.</source>
        <translation>Tire des tuiles au sort, selon ce qu’elles devraient corriger sur la carte et apprendre au modèle, par minute.</translation>
    </message>
    <message>
        <source>Takes half a round from tiles that show something unsure, and half that looks like the whole area.</source>
        <translation>Prend la moitié d’un tour parmi les tuiles qui montrent quelque chose d’incertain, et l’autre moitié à l’image de toute la zone.</translation>
    </message>
    <message>
        <source>Groups the tiles that the model is least sure of by their looks and takes a typical one of each.</source>
        <translation>Groupe par leur aspect les tuiles dont le modèle est le moins sûr et prend la plus typique de chaque groupe.</translation>
    </message>
    <message>
        <source>Takes, one by one, the tile with a low expected IoU that is least like the labelled ones.</source>
        <translation>Prend, une à une, la tuile à l’IoU attendu bas qui ressemble le moins à celles annotées.</translation>
    </message>
    <message>
        <source>Groups the tiles by their looks and takes the one with the lowest expected IoU in each.</source>
        <translation>Groupe les tuiles par leur aspect et prend dans chaque groupe celle dont l’IoU attendu est le plus bas.</translation>
    </message>
    <message>
        <source>Takes a set of different tiles that together look like the whole area (ActiveFT).</source>
        <translation>Prend un ensemble de tuiles différentes qui, réunies, ressemblent à toute la zone (ActiveFT).</translation>
    </message>
    <message>
        <source>ActiveFT with the loss printed in the paper instead of that of its released code.</source>
        <translation>ActiveFT avec la perte imprimée dans l’article, au lieu de celle du code publié.</translation>
    </message>
    <message>
        <source>Takes the tiles whose pixels the model is least sure of.</source>
        <translation>Prend les tuiles dont le modèle est le moins sûr des pixels.</translation>
    </message>
    <message>
        <source>Takes the tiles whose probabilities are closest to one half.</source>
        <translation>Prend les tuiles dont les probabilités sont les plus proches d’un demi.</translation>
    </message>
    <message>
        <source>Takes, one by one, the tile least like all tiles taken before.</source>
        <translation>Prend, une à une, la tuile qui ressemble le moins à toutes celles prises avant.</translation>
    </message>
    <message>
        <source>Groups the tiles by their looks and takes the most typical one of each.</source>
        <translation>Groupe les tuiles par leur aspect et prend la plus typique de chaque groupe.</translation>
    </message>
    <message>
        <source>Draws tiles by chance: the yardstick for all others.</source>
        <translation>Tire les tuiles au hasard : la référence pour toutes les autres.</translation>
    </message>
    <message>
        <source>The whole network learns: usually the better one for buildings.</source>
        <translation>Tout le réseau apprend : en général le meilleur choix pour les bâtiments.</translation>
    </message>
    <message>
        <source>Only the second half of the network learns: faster, and it forgets less. From nothing it learns a flood as well as full: F1 0.91 and 0.92 with 5 and 20 tiles, full 0.90 and 0.92.</source>
        <translation>Seule la seconde moitié du réseau apprend : plus rapide, et elle oublie moins. À partir de rien, elle apprend une inondation aussi bien que full : F1 0,91 et 0,92 avec 5 et 20 tuiles, full 0,90 et 0,92.</translation>
    </message>
    <message>
        <source>The second half learns, and small adapters beside the first: one file of 2 MB for other campaigns. On a flood as good as full: F1 0.90 and 0.92 with 5 and 20 tiles. It needs the package peft.</source>
        <translation>La seconde moitié apprend, et de petits adaptateurs à côté de la première : un seul fichier de 2 Mo pour d’autres campagnes. Sur une inondation, aussi bon que full : F1 0,90 et 0,92 avec 5 et 20 tuiles. Il faut le paquet peft.</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>'{folder}' holds no version of the model. Restore the campaign from a copy, or begin a new one.</source>
        <translation>’{folder}’ ne contient aucune version du modèle. Restaurez la campagne à partir d’une copie, ou commencez-en une nouvelle.</translation>
    </message>
    <message>
        <source>'{journal}' was not left by Tile Triage: it would have the file '{name}' deleted. Nothing was opened. Take the campaign from its source again, without that file.</source>
        <translation>« {journal} » n’a pas été laissé par Tile Triage : il ferait supprimer le fichier « {name} ». Rien n’a été ouvert. Reprenez la campagne à sa source, sans ce fichier.</translation>
    </message>
    <message>
        <source>'{name}' is no name for a version. Take {wanted}.</source>
        <translation>« {name} » n’est pas un nom de version. Prenez {wanted}.</translation>
    </message>
    <message>
        <source>'{name}', which {value} shall mean, is no class of this campaign. Name one of {classes}, or {background} or {unlabelled}.</source>
        <translation>« {name} », ce que doit signifier {value}, n’est pas une classe de cette campagne. Nommez l’une de {classes}, ou bien {background} ou {unlabelled}.</translation>
    </message>
    <message>
        <source>'{order}' is no order of the classes of this campaign. Name each once, the first on top: {classes}.</source>
        <translation>« {order} » n’est pas un ordre des classes de cette campagne. Nommez chacune une fois, la première au-dessus : {classes}.</translation>
    </message>
    <message>
        <source>'{path}' belongs to the campaign in {folder}: labels and models live there, and nothing else is written over them. Choose another name.</source>
        <translation>« {path} » appartient à la campagne dans {folder} : des annotations et des modèles s’y trouvent, et rien d’autre ne les écrase. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>'{path}' cannot be read: {error}. Export it again as GeoPackage or GeoJSON.</source>
        <translation>« {path} » ne peut pas être lu : {error}. Exportez-le à nouveau en GeoPackage ou en GeoJSON.</translation>
    </message>
    <message>
        <source>'{path}' cannot be replaced ({error}): another program has it open, or it is not yours to write. Remove its layer in QGIS, or close that program, and try again; the old file is still there.</source>
        <translation>« {path} » ne peut pas être remplacé ({error}) : un autre programme l’a ouvert, ou vous n’avez pas le droit d’y écrire. Retirez sa couche dans QGIS, ou fermez ce programme, et réessayez ; l’ancien fichier est toujours là.</translation>
    </message>
    <message>
        <source>'{path}' cannot be written ({error}). Free some space, or choose a folder open to you.</source>
        <translation>« {path} » ne peut pas être écrit ({error}). Libérez de l’espace, ou choisissez un dossier où vous pouvez écrire.</translation>
    </message>
    <message>
        <source>'{path}' cannot be written: there is no folder {folder}. Choose a folder that is yours and has room.</source>
        <translation>« {path} » ne peut pas être écrit : le dossier {folder} n’existe pas. Choisissez un dossier où vous pouvez écrire, sur un disque qui a de la place.</translation>
    </message>
    <message>
        <source>'{path}' cannot be written: {error}. Choose a folder that exists, is yours to write and has free space.</source>
        <translation>« {path} » ne peut pas être écrit : {error}. Choisissez un dossier qui existe, où vous pouvez écrire, sur un disque qui a de la place.</translation>
    </message>
    <message>
        <source>'{path}' cannot be written: {error}. Choose a folder that is yours and has room.</source>
        <translation>« {path} » ne peut pas être écrit : {error}. Choisissez un dossier où vous pouvez écrire, sur un disque qui a de la place.</translation>
    </message>
    <message>
        <source>'{path}' could not be opened. Check that it is there and that its folder is yours to write.</source>
        <translation>« {path} » n’a pas pu être ouvert. Vérifiez qu’il est bien là et que vous pouvez écrire dans son dossier.</translation>
    </message>
    <message>
        <source>'{path}' could not be read or written: {error}. Check the free space and the disk, or move the campaign to a local disk; nothing was changed.</source>
        <translation>« {path} » n’a pas pu être lu ou écrit : {error}. Vérifiez l’espace libre et le disque, ou déplacez la campagne sur un disque local ; rien n’a été modifié.</translation>
    </message>
    <message>
        <source>'{path}' does not exist. Name a GeoPackage, GeoJSON or Shapefile with footprints.</source>
        <translation>« {path} » n’existe pas. Indiquez un GeoPackage, un GeoJSON ou un Shapefile avec des emprises.</translation>
    </message>
    <message>
        <source>'{path}' does not exist. Put the campaign back, open another one, or make a new one.</source>
        <translation>« {path} » n’existe pas. Remettez la campagne en place, ouvrez-en une autre, ou créez-en une nouvelle.</translation>
    </message>
    <message>
        <source>'{path}' does not lie on the imagery. In the CRS of the campaign it spans x {left:.0f} to {right:.0f}, y {bottom:.0f} to {top:.0f}, the imagery x {west:.0f} to {east:.0f}, y {south:.0f} to {north:.0f}. Check its CRS, or take the raster of this place.</source>
        <translation>« {path} » ne se trouve pas sur l’imagerie. Dans le SCR de la campagne, il va de x {left:.0f} à {right:.0f}, y {bottom:.0f} à {top:.0f}, l’imagerie de x {west:.0f} à {east:.0f}, y {south:.0f} à {north:.0f}. Vérifiez son SCR, ou prenez le raster de cet endroit.</translation>
    </message>
    <message>
        <source>'{path}' does not name classes: {error}. Give a list like this: {example}</source>
        <translation>« {path} » ne nomme pas de classes : {error}. Donnez une liste comme celle-ci : {example}</translation>
    </message>
    <message>
        <source>'{path}' does not say its CRS. Assign the right one, in QGIS: Raster &gt; Projections &gt; Assign Projection.</source>
        <translation>« {path} » n’indique pas son SCR. Attribuez le bon, dans QGIS : Raster &gt; Projections &gt; Assigner une projection.</translation>
    </message>
    <message>
        <source>'{path}' does not say its CRS. Set it in QGIS (right-click the layer &gt; Layer CRS), then export it again.</source>
        <translation>« {path} » n’indique pas son SCR. Définissez-le dans QGIS (clic droit sur la couche &gt; SCR de la couche), puis exportez-la à nouveau.</translation>
    </message>
    <message>
        <source>'{path}' exists already. Open that campaign, or choose another folder.</source>
        <translation>« {path} » existe déjà. Ouvrez cette campagne, ou choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>'{path}' has a broken outline that is not repaired (feature {feature}): it crosses itself more than {most} times, or has more than {rings} rings. Delete it, or draw it anew.</source>
        <translation>’{path}’ a un contour défectueux qui n’est pas réparé (entité {feature}) : il se croise plus de {most} fois, ou a plus de {rings} anneaux. Supprimez-le, ou dessinez-le à nouveau.</translation>
    </message>
    <message>
        <source>'{path}' has a {kind} of its own, {name}, which could change labels without being seen. Nothing was opened. Take the campaign from its source again, or drop the {kind} if it is yours.</source>
        <translation>« {path} » contient un {kind} étranger, {name}, qui pourrait changer des annotations sans qu’on le voie. Rien n’a été ouvert. Reprenez la campagne à sa source, ou supprimez ce {kind} s’il est de vous.</translation>
    </message>
    <message>
        <source>'{path}' has footprints of ground that nobody has looked at: only a label raster can say so. Leave out the tiles on which they lie.</source>
        <translation>« {path} » a des emprises sur un terrain que personne n’a regardé : seul un raster d’étiquettes peut le dire. Laissez de côté les tuiles sur lesquelles elles se trouvent.</translation>
    </message>
    <message>
        <source>'{path}' has more than {most} values, so it is no raster of classes. Take the labels, not the imagery.</source>
        <translation>« {path} » a plus de {most} valeurs, ce n’est donc pas un raster de classes. Prenez les étiquettes, pas l’imagerie.</translation>
    </message>
    <message>
        <source>'{path}' has no field '{field}'. Choose one of its fields: {fields}.</source>
        <translation>« {path} » n’a pas de champ « {field} ». Choisissez l’un de ses champs : {fields}.</translation>
    </message>
    <message>
        <source>'{path}' has no value on a part of {unknown} of the {tiles} chosen tiles: {named}. Leave them out, or say what the missing values mean; nothing was changed.</source>
        <translation>« {path} » n’a pas de valeur sur une partie de {unknown} des {tiles} tuiles choisies : {named}. Laissez-les de côté, ou dites ce que signifient les valeurs manquantes ; rien n’a été modifié.</translation>
    </message>
    <message>
        <source>'{path}' has values that are no class of this campaign ({classes}): {values}. Say what they mean, with the option class-values, for example {example}.</source>
        <translation>« {path} » a des valeurs qui ne sont pas une classe de cette campagne ({classes}) : {values}. Dites ce qu’elles signifient, avec l’option class-values, par exemple {example}.</translation>
    </message>
    <message>
        <source>'{path}' has {bands} bands of {dtype}. A label raster has one band of whole numbers, the classes: convert it with gdal_translate -b 1 -ot Byte.</source>
        <translation>« {path} » a {bands} bandes de type {dtype}. Un raster d’étiquettes a une seule bande de nombres entiers, les classes : convertissez-le avec gdal_translate -b 1 -ot Byte.</translation>
    </message>
    <message>
        <source>'{path}' has {beyond} footprints with corners that are nowhere on Earth, the first is feature {feature}. Delete them, or draw them anew.</source>
        <translation>« {path} » a {beyond} emprises dont des sommets ne sont nulle part sur la Terre, la première est l’entité {feature}. Supprimez-les ou redessinez-les.</translation>
    </message>
    <message>
        <source>'{path}' has {broken} unusable of {footprints} footprints ({named}{more}). Mend them in QGIS (Vector &gt; Geometry Tools &gt; Check Validity), or hand them in with the option repair.</source>
        <translation>« {path} » a {broken} emprises inutilisables sur {footprints} ({named}{more}). Corrigez-les dans QGIS (Vecteur &gt; Outils de géométrie &gt; Vérifier la validité), ou donnez-les avec l’option repair.</translation>
    </message>
    <message>
        <source>'{path}' has {unnamed} footprints without a class in the field '{field}', the first is feature {feature}. Fill it in, or delete them.</source>
        <translation>« {path} » a {unnamed} emprises sans classe dans le champ « {field} », la première est l’entité {feature}. Remplissez-le, ou supprimez-les.</translation>
    </message>
    <message>
        <source>'{path}' holds no features. Export the layer again with its footprints.</source>
        <translation>« {path} » ne contient aucune entité. Exportez à nouveau la couche avec ses emprises.</translation>
    </message>
    <message>
        <source>'{path}' holds no layer of polygons. Footprints are polygons: export that layer.</source>
        <translation>« {path} » ne contient aucune couche de polygones. Les emprises sont des polygones : exportez la couche qui les contient.</translation>
    </message>
    <message>
        <source>'{path}' holds no polygon, even after repair. Export the layer of footprints.</source>
        <translation>« {path} » ne contient aucun polygone, même après réparation. Exportez la couche des emprises.</translation>
    </message>
    <message>
        <source>'{path}' holds several layers of polygons ({listed}). Export the footprints alone.</source>
        <translation>« {path} » contient plusieurs couches de polygones ({listed}). Exportez seulement les emprises.</translation>
    </message>
    <message>
        <source>'{path}' is a file with {count} names (hard links): what is written to it would change the others too. Nothing was opened. Copy the campaign's folder, and open the copy.</source>
        <translation>’{path}’ est un fichier à {count} noms (liens physiques) : ce qui y est écrit modifierait aussi les autres. Rien n’a été ouvert. Copiez le dossier de la campagne, et ouvrez la copie.</translation>
    </message>
    <message>
        <source>'{path}' is a link or no file, and inside a campaign none is followed. Nothing was opened. Put the file or folder itself there, or delete it.</source>
        <translation>« {path} » est un lien ou n’est pas un fichier, et dans une campagne aucun n’est suivi. Rien n’a été ouvert. Mettez-y le fichier ou le dossier lui-même, ou supprimez-le.</translation>
    </message>
    <message>
        <source>'{path}' is damaged: a row of its table {table} cannot be read ({error}). Restore it from a copy.</source>
        <translation>« {path} » est endommagé : une ligne de sa table {table} ne peut pas être lue ({error}). Restaurez-le depuis une copie.</translation>
    </message>
    <message>
        <source>'{path}' is damaged: its layer footprints has no CRS. Restore it from a copy.</source>
        <translation>« {path} » est endommagé : sa couche footprints n’a pas de SCR. Restaurez-le depuis une copie.</translation>
    </message>
    <message>
        <source>'{path}' is damaged: its setting schema_version is {value}, which is no version. Restore it from a copy.</source>
        <translation>« {path} » est endommagé : son réglage schema_version est {value}, ce qui n’est pas une version. Restaurez-le depuis une copie.</translation>
    </message>
    <message>
        <source>'{path}' is damaged: its setting {problem}. Restore it from a copy.</source>
        <translation>« {path} » est endommagé : son réglage {problem}. Restaurez-le depuis une copie.</translation>
    </message>
    <message>
        <source>'{path}' is damaged: its table {table} lacks {missing}. Restore it from a copy.</source>
        <translation>« {path} » est endommagé : il manque {missing} à sa table {table}. Restaurez-le depuis une copie.</translation>
    </message>
    <message>
        <source>'{path}' is damaged: {error}. Restore it from a copy.</source>
        <translation>« {path} » est endommagé : {error}. Restaurez-le à partir d’une copie.</translation>
    </message>
    <message>
        <source>'{path}' is in use by another program, which did not let go of it. Save or stop editing its layers in QGIS, or wait for the other command, and try again; nothing was changed.</source>
        <translation>« {path} » est utilisé par un autre logiciel, qui ne l’a pas libéré. Enregistrez ses couches ou quittez le mode édition dans QGIS, ou attendez la fin de l’autre commande, puis réessayez ; rien n’a été modifié.</translation>
    </message>
    <message>
        <source>'{path}' is no GeoPackage. Restore it from a copy, or make a new campaign.</source>
        <translation>« {path} » n’est pas un GeoPackage. Restaurez-le à partir d’une copie, ou créez une nouvelle campagne.</translation>
    </message>
    <message>
        <source>'{path}' is no campaign of Tile Triage. Choose the folder of one, or make a new one.</source>
        <translation>« {path} » n’est pas une campagne de Tile Triage. Choisissez le dossier d’une campagne, ou créez-en une nouvelle.</translation>
    </message>
    <message>
        <source>'{path}' is open in another program, which keeps changes in {opened}. Remove its layers in QGIS, or close that program, and try again; or choose another name.</source>
        <translation>« {path} » est ouvert dans un autre programme, qui garde des modifications dans {opened}. Retirez ses couches dans QGIS, ou fermez ce programme, et réessayez ; ou choisissez un autre nom.</translation>
    </message>
    <message>
        <source>'{path}' is read by this very step, so nothing is written over it. Choose another name.</source>
        <translation>« {path} » est lu par cette étape même : rien ne l’écrase donc. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>'{path}' is read-only. Make the file and its folder writable, or copy the campaign to a folder of your own.</source>
        <translation>« {path} » est en lecture seule. Autorisez l’écriture dans le fichier et son dossier, ou copiez la campagne dans un dossier à vous.</translation>
    </message>
    <message>
        <source>'{path}' is there already and was not written by this step, so it is never replaced. Choose another name.</source>
        <translation>« {path} » existe déjà et n’a pas été écrit par cette étape : il n’est donc jamais remplacé. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>'{path}' is there already, and it is no file. Choose another name.</source>
        <translation>« {path} » existe déjà, et ce n’est pas un fichier. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>'{path}' is there already. Choose another name, or have it replaced with the option overwrite.</source>
        <translation>« {path} » existe déjà. Choisissez un autre nom, ou faites-le remplacer avec l’option overwrite.</translation>
    </message>
    <message>
        <source>'{path}' names no format that can be written. Use one of: {formats}.</source>
        <translation>« {path} » n’indique aucun format qui puisse être écrit. Utilisez l’un de ceux-ci : {formats}.</translation>
    </message>
    <message>
        <source>'{path}' was made by a newer Tile Triage (schema {version}, this one knows {newest}). Update Tile Triage and open it again; nothing was changed.</source>
        <translation>« {path} » a été créé par un Tile Triage plus récent (schéma {version}, celui-ci connaît {newest}). Mettez Tile Triage à jour et ouvrez-le à nouveau ; rien n’a été modifié.</translation>
    </message>
    <message>
        <source>'{text}' does not name classes: {problem}. Give up to {most} different names of letters, digits, spaces and dots, with commas between them, for example water,field.</source>
        <translation>« {text} » ne nomme pas de classes : {problem}. Donnez au plus {most} noms différents de lettres, chiffres, espaces et points, séparés par des virgules, par exemple water,field.</translation>
    </message>
    <message>
        <source>'{text}' does not say what values mean. Give values with their classes, for example 1=water,2=field.</source>
        <translation>« {text} » ne dit pas ce que signifient les valeurs. Donnez les valeurs avec leurs classes, par exemple 1=water,2=field.</translation>
    </message>
    <message>
        <source>'{version}' (base {base}) and '{other}' (base {other_base}) do not have the same base, bands and classes, so they have no mean. Name adapters of one base.</source>
        <translation>« {version} » (base {base}) et « {other} » (base {other_base}) n’ont pas la même base, les mêmes bandes et les mêmes classes, ils n’ont donc pas de moyenne. Nommez des adaptateurs d’une même base.</translation>
    </message>
    <message>
        <source>'{version}' is an adapter of the base '{base}', and no version here has the encoder of that. Put that base back, or take the adapter to a campaign that began with it.</source>
        <translation>« {version} » est un adaptateur de la base « {base} », et aucune version ici n’en a l’encodeur. Remettez cette base en place, ou portez l’adaptateur dans une campagne qui a commencé avec elle.</translation>
    </message>
    <message>
        <source>A GSD of {gsd:.3g} m cannot be mapped: take one from {finest} to {coarsest} m.</source>
        <translation>Une résolution au sol de {gsd:.3g} m ne peut pas être cartographiée : prenez-en une de {finest} à {coarsest} m.</translation>
    </message>
    <message>
        <source>A campaign that starts blank has to know what it maps. Name its classes, for example water (option classes).</source>
        <translation>Une campagne qui part de zéro doit savoir ce qu’elle cartographie. Nommez ses classes, par exemple water (option classes).</translation>
    </message>
    <message>
        <source>A footprint on tile {tile} is of the class '{found}', and this campaign maps {classes}. Set its field class to one of these, in the layer footprints of {path}.</source>
        <translation>Une emprise sur la tuile {tile} est de la classe « {found} », et cette campagne cartographie {classes}. Mettez dans son champ class l’une de celles-ci, dans la couche footprints de {path}.</translation>
    </message>
    <message>
        <source>A pixel of {name} would be {gsd:.3g} m on the ground; {finest} to {coarsest} m can be mapped. Is {crs} really its CRS? Assign the right one in QGIS: Raster &gt; Projections &gt; Assign Projection.</source>
        <translation>Un pixel de {name} ferait {gsd:.3g} m au sol ; de {finest} à {coarsest} m peuvent être cartographiés. {crs} est-il vraiment son SCR ? Attribuez le bon dans QGIS : Raster &gt; Projections &gt; Assigner une projection.</translation>
    </message>
    <message>
        <source>Another Tile Triage is working on {folder}. Wait until it has finished, or cancel it there.</source>
        <translation>Un autre Tile Triage travaille sur {folder}. Attendez qu’il ait terminé, ou annulez-le là-bas.</translation>
    </message>
    <message>
        <source>Every tile is annotated, skipped or without a picture: nothing is left to rank. Draw the finished map (predict), or make a campaign of other imagery.</source>
        <translation>Chaque tuile est annotée, passée ou sans image : il ne reste rien à classer. Dessinez la carte finie (predict), ou créez une campagne sur une autre imagerie.</translation>
    </message>
    <message>
        <source>Footprints of {one} and of {other} lie on the same ground, at x {x:.1f}, y {y:.1f} and {more} more places. Take the one off the other, or have the lower one cut (of a file: option class-order).</source>
        <translation>Des emprises de {one} et de {other} sont sur le même sol, en x {x:.1f}, y {y:.1f} et à {more} autres endroits. Retirez l’une de l’autre, ou faites découper celle du dessous (pour un fichier : option class-order).</translation>
    </message>
    <message>
        <source>Footprints without a class: {without}. Choose one of {classes} for each of them.</source>
        <translation>Emprises sans classe : {without}. Choisissez pour chacune l’une de {classes}.</translation>
    </message>
    <message>
        <source>No exam tile is annotated yet, so nothing can be measured. Annotate the exam tiles first.</source>
        <translation>Aucune tuile d’examen n’est encore annotée, rien ne peut donc être mesuré. Annotez d’abord les tuiles d’examen.</translation>
    </message>
    <message>
        <source>No tile has a rank yet. Score the campaign first.</source>
        <translation>Aucune tuile n’a encore de rang. Priorisez d’abord les tuiles de la campagne.</translation>
    </message>
    <message>
        <source>No tile is annotated yet. Annotate some of the next tiles first.</source>
        <translation>Aucune tuile n’est encore annotée. Annotez d’abord quelques-unes des prochaines tuiles.</translation>
    </message>
    <message>
        <source>No tile waits for labels there. Name other tiles, or see by 'next' which ones wait.</source>
        <translation>Aucune tuile n’y attend d’annotation. Nommez d’autres tuiles, ou voyez avec ’next’ lesquelles attendent.</translation>
    </message>
    <message>
        <source>None of the {footprints} footprints of '{path}' lies on the imagery. In {crs} they span {drawn}, the imagery {imagery}. Wrong CRS? Set the CRS in which the file was really drawn (QGIS: right-click the layer &gt; Layer CRS), then export it again.</source>
        <translation>Aucune des {footprints} emprises de « {path} » n’est sur l’image. Dans {crs}, leur étendue est {drawn}, celle de l’image {imagery}. Mauvais SCR ? Définissez le SCR dans lequel le fichier a vraiment été dessiné (QGIS : clic droit sur la couche &gt; SCR de la couche), puis exportez-le à nouveau.</translation>
    </message>
    <message>
        <source>None of the {tiles} chosen tiles has a footprint in the file: {named}. Where somebody has looked at them and there is nothing to map, say so (option empty), or say where the footprints are complete (option complete-in); nothing was changed.</source>
        <translation>Aucune des {tiles} tuiles choisies n’a d’emprise dans le fichier : {named}. Si quelqu’un les a regardées et qu’il n’y a rien à cartographier, dites-le (option empty), ou dites où les emprises sont complètes (option complete-in) ; rien n’a été modifié.</translation>
    </message>
    <message>
        <source>Nothing is left after the repair: the footprints have no area. Draw them anew.</source>
        <translation>Il ne reste rien après la réparation : les emprises n’ont pas de surface. Dessinez-les à nouveau.</translation>
    </message>
    <message>
        <source>Nothing would be left of {gone} footprints, so much of another class lies on them. Delete them, or take the others off them.</source>
        <translation>Il ne resterait rien de {gone} emprises, tant une autre classe les recouvre. Supprimez-les, ou retirez ce qui les recouvre.</translation>
    </message>
    <message>
        <source>Outlines outside the tile: {outside}. Delete them, or move them onto it; one that reaches over the edge is fine.</source>
        <translation>Contours en dehors de la tuile : {outside}. Supprimez-les, ou déplacez-les sur la tuile ; un contour qui dépasse du bord ne gêne pas.</translation>
    </message>
    <message>
        <source>Outlines that cross themselves: {broken} ({reason}). Move the corners apart, or have them repaired.</source>
        <translation>Contours qui se croisent : {broken} ({reason}). Écartez les sommets, ou faites réparer ces contours.</translation>
    </message>
    <message>
        <source>The active version has not scored all tiles yet, so what it shows there is not known. Score first.</source>
        <translation>La version active n’a pas encore priorisé toutes les tuiles : ce qu’elle y montre n’est pas connu. Priorisez d’abord.</translation>
    </message>
    <message>
        <source>The adapter '{version}' maps {known}, this campaign {wanted}. Make a new campaign with the adapter to map these.</source>
        <translation>L’adaptateur « {version} » cartographie {known}, cette campagne {wanted}. Commencez une nouvelle campagne avec l’adaptateur pour cartographier cela.</translation>
    </message>
    <message>
        <source>The area of interest (x {left:.6g} to {right:.6g}, y {bottom:.6g} to {top:.6g}) lies outside the imagery (x {west:.6g} to {east:.6g}, y {south:.6g} to {north:.6g}). Check its CRS, or draw it anew over the imagery.</source>
        <translation>La zone d’intérêt (x de {left:.6g} à {right:.6g}, y de {bottom:.6g} à {top:.6g}) est en dehors de l’image (x de {west:.6g} à {east:.6g}, y de {south:.6g} à {north:.6g}). Vérifiez son SCR, ou dessinez-la à nouveau sur l’image.</translation>
    </message>
    <message>
        <source>The area of interest lies outside the campaign. Check its CRS, or draw it anew.</source>
        <translation>La zone d’intérêt est en dehors de la campagne. Vérifiez son SCR, ou dessinez-la à nouveau.</translation>
    </message>
    <message>
        <source>The area of interest {path} cannot be read ({error}). Export it again as GeoPackage.</source>
        <translation>La zone d’intérêt {path} ne peut pas être lue ({error}). Exportez-la à nouveau en GeoPackage.</translation>
    </message>
    <message>
        <source>The area of interest {path} does not say its CRS. Set it in QGIS and export it again.</source>
        <translation>La zone d’intérêt {path} n’indique pas son SCR. Définissez-le dans QGIS et exportez-la à nouveau.</translation>
    </message>
    <message>
        <source>The area of interest {path} has {vertices} vertices; {most} can be used. Simplify it in QGIS (Vector &gt; Geometry Tools &gt; Simplify).</source>
        <translation>La zone d’intérêt {path} a {vertices} sommets ; {most} peuvent être utilisés. Simplifiez-la dans QGIS (Vecteur &gt; Outils de géométrie &gt; Simplifier).</translation>
    </message>
    <message>
        <source>The area of interest {path} holds no polygon. Draw one around what is to be mapped.</source>
        <translation>La zone d’intérêt {path} ne contient aucun polygone. Dessinez-en un autour de ce qu’il faut cartographier.</translation>
    </message>
    <message>
        <source>The area of interest {path} is a table without polygons. Export the layer that has them.</source>
        <translation>La zone d’intérêt {path} est une table sans polygones. Exportez la couche qui les contient.</translation>
    </message>
    <message>
        <source>The campaign cannot be made in {folder} ({error}). Choose a folder that you can write to, on a disk with room.</source>
        <translation>La campagne ne peut pas être créée dans {folder} ({error}). Choisissez un dossier où vous pouvez écrire, sur un disque qui a de la place.</translation>
    </message>
    <message>
        <source>The campaign has no tile {tile_id}. Ids look like r003_c012: see the layer 'tiles'.</source>
        <translation>La campagne n’a pas de tuile {tile_id}. Les identifiants ressemblent à r003_c012 : voyez la couche des tuiles (tiles).</translation>
    </message>
    <message>
        <source>The campaign is damaged: an outline in it cannot be read ({error}). Restore campaign.gpkg from a copy.</source>
        <translation>La campagne est endommagée : un contour qu’elle contient ne peut pas être lu ({error}). Restaurez campaign.gpkg depuis une copie.</translation>
    </message>
    <message>
        <source>The disk of '{path}' is full. Free some space and try again; nothing was changed.</source>
        <translation>Le disque de « {path} » est plein. Libérez de l’espace et réessayez ; rien n’a été modifié.</translation>
    </message>
    <message>
        <source>The encoder of this model has no layer that the method 'lora' could adapt. Take the method 'full' or 'decoder'.</source>
        <translation>L’encodeur de ce modèle n’a aucune couche que la méthode « lora » pourrait adapter. Prenez la méthode « full » ou « decoder ».</translation>
    </message>
    <message>
        <source>The grid would have {tiles} tiles ({rows} x {columns}); a campaign has at most {most}. Take a coarser GSD, larger tiles, or a smaller area of interest.</source>
        <translation>La grille aurait {tiles} tuiles ({rows} x {columns}) ; une campagne en a au plus {most}. Prenez une résolution plus grossière, des tuiles plus grandes ou une zone d’intérêt plus petite.</translation>
    </message>
    <message>
        <source>The imagery is gone: {path}. Put it back and try again; nothing is lost.</source>
        <translation>L’image a disparu : {path}. Remettez-la en place et réessayez ; rien n’est perdu.</translation>
    </message>
    <message>
        <source>The imagery of this campaign is gone: {known}. Put it back, or copy {name} into {folder}.</source>
        <translation>L’image de cette campagne a disparu : {known}. Remettez-la en place, ou copiez {name} dans {folder}.</translation>
    </message>
    <message>
        <source>The imagery would lie at x {x:.6g}, y {y:.6g}, which is no place in {crs}. Is that really its CRS? Assign the right one in QGIS: Raster &gt; Projections &gt; Assign Projection.</source>
        <translation>L’image serait à x {x:.6g}, y {y:.6g}, ce qui n’est nulle part dans {crs}. Est-ce vraiment son SCR ? Attribuez le bon dans QGIS : Raster &gt; Projections &gt; Assigner une projection.</translation>
    </message>
    <message>
        <source>The method 'lora' needs the Python package peft, which is not installed. Install it (pip install peft), or take the method 'full' or 'decoder'.</source>
        <translation>La méthode « lora » demande le paquet Python peft, qui n’est pas installé. Installez-le (pip install peft), ou prenez la méthode « full » ou « decoder ».</translation>
    </message>
    <message>
        <source>The outlines of the area of interest {path} cross more than {most} times themselves or {together} times each other, or are broken and have more than {rings} rings. Draw one plain outline around what is to be mapped.</source>
        <translation>Les contours de la zone d’intérêt {path} se croisent eux-mêmes plus de {most} fois ou entre eux plus de {together} fois, ou sont défectueux et ont plus de {rings} anneaux. Dessinez un seul contour simple autour de ce qui est à cartographier.</translation>
    </message>
    <message>
        <source>The probabilities cannot be written to {path}. Check that the folder may be written to and that its disk has room.</source>
        <translation>Les probabilités ne peuvent pas être écrites dans {path}. Vérifiez que vous pouvez écrire dans le dossier et que son disque a de la place.</translation>
    </message>
    <message>
        <source>The report cannot be written to {folder}: a report is a folder of files, and '{standing}' is none. Choose another name.</source>
        <translation>Le rapport ne peut pas être écrit dans {folder} : un rapport est un dossier de fichiers, et ’{standing}’ n’en est pas un. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>The results {path} cannot be read ({error}). Make them with: tiletriage simulate ... --out {path}</source>
        <translation>Les résultats {path} ne peuvent pas être lus ({error}). Créez-les avec : tiletriage simulate ... --out {path}</translation>
    </message>
    <message>
        <source>The scores in '{path}' are damaged. Delete that file and score again: nothing else is lost.</source>
        <translation>Les scores dans ’{path}’ sont endommagés. Supprimez ce fichier et relancez la priorisation : rien d’autre n’est perdu.</translation>
    </message>
    <message>
        <source>The start version '{version}' maps {known}, not {classes}. Take '{blank}' to start from, which can learn these.</source>
        <translation>La version de départ « {version} » cartographie {known}, et non {classes}. Prenez comme départ « {blank} », qui peut apprendre celles-ci.</translation>
    </message>
    <message>
        <source>The virtual raster {name} is not read: {why}. Turn it into a plain file: gdal_translate {name} {tif}, or in QGIS: right-click the layer &gt; Export &gt; Save As.</source>
        <translation>Le raster virtuel {name} n’est pas lu : {why}. Faites-en un fichier ordinaire : gdal_translate {name} {tif}, ou dans QGIS : clic droit sur la couche &gt; Exporter &gt; Enregistrer sous.</translation>
    </message>
    <message>
        <source>The weights of version {version} are not the ones that its card names (SHA-256 differs): the file is damaged or was exchanged. Copy the version from its source again, or activate another one.</source>
        <translation>Les poids de la version {version} ne sont pas ceux que nomme sa fiche (le SHA-256 diffère) : le fichier est endommagé ou a été remplacé. Copiez à nouveau la version depuis sa source, ou activez-en une autre.</translation>
    </message>
    <message>
        <source>The weights of version {version} are not those of the network on its card ({error}). Take the version from its source again.</source>
        <translation>Les poids de la version {version} ne sont pas ceux du réseau que décrit sa fiche ({error}). Récupérez à nouveau la version depuis sa source.</translation>
    </message>
    <message>
        <source>There is a version '{name}' already, and versions never change. Choose another name.</source>
        <translation>Il y a déjà une version « {name} », et les versions ne changent jamais. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>There is no annotated tile that none of these versions has learnt from. Annotate some more, then compare.</source>
        <translation>Il n’y a aucune tuile annotée dont aucune de ces versions n’a appris. Annotez-en encore quelques-unes, puis comparez.</translation>
    </message>
    <message>
        <source>There is no version '{version}'. The campaign has: {known}. Name or activate one of these.</source>
        <translation>Il n’y a pas de version ’{version}’. La campagne contient : {known}. Nommez ou activez l’une d’elles.</translation>
    </message>
    <message>
        <source>This campaign has no exam tiles. Ask 'quality' how good the finished map is by now.</source>
        <translation>Cette campagne n’a pas de tuiles d’examen. Demandez à « quality » ce que vaut déjà la carte finie.</translation>
    </message>
    <message>
        <source>This campaign maps {classes}. Say which field of '{path}' names the class of each footprint, with the option class-field. Its fields: {fields}.</source>
        <translation>Cette campagne cartographie {classes}. Dites quel champ de « {path} » nomme la classe de chaque emprise, avec l’option class-field. Ses champs : {fields}.</translation>
    </message>
    <message>
        <source>Tile {tile} has no picture to draw on (bad imagery). Take another one.</source>
        <translation>La tuile {tile} n’a pas d’image sur laquelle dessiner (image inutilisable). Prenez-en une autre.</translation>
    </message>
    <message>
        <source>Version '{version}' is no adapter, and only these are averaged. Name versions that were made by the method 'lora'.</source>
        <translation>La version « {version} » n’est pas un adaptateur, et seuls ceux-ci ont une moyenne. Nommez des versions faites par la méthode « lora ».</translation>
    </message>
    <message>
        <source>Version '{version}' is no adapter: it has weights of its own. Fine-tune with the method 'lora' to get an adapter, or export the version as a folder.</source>
        <translation>La version « {version} » n’est pas un adaptateur : elle a ses propres poids. Affinez avec la méthode « lora » pour obtenir un adaptateur, ou exportez la version comme dossier.</translation>
    </message>
    <message>
        <source>Version {version} has lost its {weights}. Copy the folder {folder} from its source again.</source>
        <translation>Il manque {weights} à la version {version}. Copiez à nouveau le dossier {folder} depuis sa source.</translation>
    </message>
    <message>
        <source>What the model says of this imagery are no usable numbers: its weights are damaged, or it does not fit the imagery. Activate another version, or copy this one from its source again.</source>
        <translation>Ce que le modèle dit de cette imagerie n’est pas en nombres utilisables : ses poids sont endommagés, ou il ne convient pas à l’imagerie. Activez une autre version, ou copiez à nouveau celle-ci depuis sa source.</translation>
    </message>
    <message>
        <source>exam</source>
        <translation>examen</translation>
    </message>
    <message>
        <source>{annotator} has finished tile {tile} meanwhile, at {time:%H:%M}. Nothing was changed, and your drawing is kept: keep the footprints of both, or leave the tile.</source>
        <translation>{annotator} a terminé la tuile {tile} entre-temps, à {time:%H:%M}. Rien n’a été modifié et votre dessin est conservé : gardez les emprises des deux, ou laissez la tuile.</translation>
    </message>
    <message>
        <source>{annotator} is working on tile {tile}, until {until:%H:%M} at least. Take another tile.</source>
        <translation>{annotator} travaille sur la tuile {tile}, au moins jusqu’à {until:%H:%M}. Prenez une autre tuile.</translation>
    </message>
    <message>
        <source>{card} cannot be read ({error}). Take the version from its source again.</source>
        <translation>{card} ne peut pas être lu ({error}). Récupérez à nouveau la version depuis sa source.</translation>
    </message>
    <message>
        <source>{folder} cannot be opened in QGIS: there is a '|' or a control character in its name. Choose another one.</source>
        <translation>{folder} ne peut pas être ouvert dans QGIS : son nom contient un « | » ou un caractère de contrôle. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>{folder} cannot be written to ({error}). Make it writable, or copy the campaign.</source>
        <translation>Impossible d’écrire dans {folder} ({error}). Autorisez-y l’écriture, ou copiez la campagne ailleurs.</translation>
    </message>
    <message>
        <source>{folder} cannot be written to ({error}). Put the campaign back.</source>
        <translation>Impossible d’écrire dans {folder} ({error}). Remettez la campagne en place.</translation>
    </message>
    <message>
        <source>{folder} holds no campaign. Choose the folder of one, or make a new campaign.</source>
        <translation>{folder} ne contient pas de campagne. Choisissez le dossier d’une campagne, ou créez-en une nouvelle.</translation>
    </message>
    <message>
        <source>{folder} is no model version: a version is a folder with {weights} and {card}. Name such a folder. Pickled models (.pt, .pth, .ckpt) are refused because opening one can run any code.</source>
        <translation>{folder} n’est pas une version de modèle : une version est un dossier avec {weights} et {card}. Indiquez un tel dossier. Les modèles en pickle (.pt, .pth, .ckpt) sont refusés parce qu’en ouvrir un peut exécuter n’importe quel code.</translation>
    </message>
    <message>
        <source>{folder} is not empty. Choose a new folder: a campaign never overwrites anything.</source>
        <translation>{folder} n’est pas vide. Choisissez un nouveau dossier : une campagne n’écrase jamais rien.</translation>
    </message>
    <message>
        <source>{folder} is taken: versions never change. Choose another name.</source>
        <translation>{folder} existe déjà : les versions ne changent jamais. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>{name} cannot be opened as a raster ({error}). It may be damaged or incomplete: copy it again, or convert it to GeoTIFF with gdal_translate.</source>
        <translation>{name} ne peut pas être ouvert comme raster ({error}). Le fichier est peut-être endommagé ou incomplet : copiez-le à nouveau, ou convertissez-le en GeoTIFF avec gdal_translate.</translation>
    </message>
    <message>
        <source>{name} cannot be read at pixel {column}, {row} ({error}). The file is damaged or incomplete: copy it again.</source>
        <translation>{name} ne peut pas être lu au pixel {column}, {row} ({error}). Le fichier est endommagé ou incomplet : copiez-le à nouveau.</translation>
    </message>
    <message>
        <source>{name} gives {tiles} tiles, and none is left to train on beside the exam tiles. Ask for fewer exam tiles, or take smaller tiles (tile size 128), a finer GSD or a larger area.</source>
        <translation>{name} donne {tiles} tuiles, et il n’en reste aucune pour l’entraînement à côté des tuiles d’examen. Demandez moins de tuiles d’examen, ou prenez des tuiles plus petites (taille 128), un GSD plus fin ou une zone plus grande.</translation>
    </message>
    <message>
        <source>{name} has a local coordinate reference system without a place on Earth. Assign the right one in QGIS: Raster &gt; Projections &gt; Assign Projection.</source>
        <translation>{name} a un système de coordonnées de référence local, sans position sur la Terre. Assignez le bon dans QGIS : Raster &gt; Projections &gt; Assigner une projection.</translation>
    </message>
    <message>
        <source>{name} has no band {band}: its bands are {known}. Choose among these (option bands); for a campaign that has begun, put back the imagery that it began with.</source>
        <translation>{name} n’a pas de bande {band} : ses bandes sont {known}. Choisissez parmi elles (option bands) ; pour une campagne commencée, remettez l’imagerie avec laquelle elle a commencé.</translation>
    </message>
    <message>
        <source>{name} has no coordinate reference system. Assign the right one, for example with gdal_edit.py -a_srs EPSG:32737, or in QGIS: Raster &gt; Projections &gt; Assign Projection.</source>
        <translation>{name} n’a pas de système de coordonnées de référence. Assignez le bon, par exemple avec gdal_edit.py -a_srs EPSG:32737, ou dans QGIS : Raster &gt; Projections &gt; Assigner une projection.</translation>
    </message>
    <message>
        <source>{name} has no georeference. Georeference it first: QGIS, Layer &gt; Georeferencer.</source>
        <translation>{name} n’est pas géoréférencé. Géoréférencez-le d’abord : QGIS, Couche &gt; Géoréférencer.</translation>
    </message>
    <message>
        <source>{name} has {bands} bands, the model '{version}' takes {wanted} ({names}). Name the ones to use, in that order, with the option bands, for example {example}.</source>
        <translation>{name} a {bands} bandes, le modèle « {version} » en prend {wanted} ({names}). Nommez celles à utiliser, dans cet ordre, avec l’option bands, par exemple {example}.</translation>
    </message>
    <message>
        <source>{name} has {bands} bands: {known}. Say which ones the model shall see (option bands), for example {example}.</source>
        <translation>{name} a {bands} bandes : {known}. Dites lesquelles le modèle doit voir (option bands), par exemple {example}.</translation>
    </message>
    <message>
        <source>{name} has {bands} bands; 1 to {most} can be used. Name some (option bands).</source>
        <translation>{name} a {bands} bandes ; de 1 à {most} peuvent être utilisées. Indiquez lesquelles (option bands).</translation>
    </message>
    <message>
        <source>{name} has {bands} bands; files of at most {most} are read. Save those that matter as a GeoTIFF.</source>
        <translation>{name} a {bands} bandes ; les fichiers d’au plus {most} sont lus. Enregistrez celles qui comptent en GeoTIFF.</translation>
    </message>
    <message>
        <source>{name} holds nothing but no-data here. Choose other imagery or another area.</source>
        <translation>{name} ne contient ici que des pixels sans donnée (NoData). Choisissez une autre image ou une autre zone.</translation>
    </message>
    <message>
        <source>{name} in {path} is not the one that was packed (SHA-256 differs): the file is damaged or was exchanged. Ask for it again.</source>
        <translation>{name} dans {path} n’est pas celui qui a été emballé (le SHA-256 diffère) : le fichier est endommagé ou a été échangé. Demandez-le de nouveau.</translation>
    </message>
    <message>
        <source>{name} is a {format} of {width} x {height} pixels, of which no part can be read alone; {most} in all can be used. Convert it to GeoTIFF: gdal_translate -co TILED=YES.</source>
        <translation>{name} est un {format} de {width} x {height} pixels, dont aucune partie ne peut être lue seule ; {most} en tout peuvent être utilisés. Convertissez-le en GeoTIFF : gdal_translate -co TILED=YES.</translation>
    </message>
    <message>
        <source>{name} is not read as a raster: {why}. If it is damaged, copy it again; else convert it to GeoTIFF with gdal_translate, or in QGIS: right-click the layer &gt; Export &gt; Save As.</source>
        <translation>{name} n’est pas lu comme raster : {why}. S’il est endommagé, recopiez-le ; sinon convertissez-le en GeoTIFF avec gdal_translate, ou dans QGIS : clic droit sur la couche &gt; Exporter &gt; Enregistrer sous.</translation>
    </message>
    <message>
        <source>{name} is stored in blocks of {size} MB, which must be unpacked whole; {most} MB can be. Save it in tiles: gdal_translate -co TILED=YES.</source>
        <translation>{name} est stocké en blocs de {size} Mo, à décompresser en entier ; {most} Mo sont possibles. Enregistrez-le en tuiles : gdal_translate -co TILED=YES.</translation>
    </message>
    <message>
        <source>{name} says that it has {width} x {height} pixels; {most} in all can be used. Cut out the part that is to be mapped.</source>
        <translation>{name} annonce {width} x {height} pixels ; {most} en tout sont utilisables. Découpez la partie à cartographier.</translation>
    </message>
    <message>
        <source>{name} stores {dtypes}; use one of {supported}: convert it with gdal_translate -ot Float32.</source>
        <translation>{name} contient des valeurs {dtypes} ; utilisez l’un de ces types : {supported}. Convertissez-le avec gdal_translate -ot Float32.</translation>
    </message>
    <message>
        <source>{outside} of the {tiles} chosen tiles are not wholly inside {area}, where the footprints are complete: {named}. Leave them out, or widen the area; nothing was changed.</source>
        <translation>{outside} des {tiles} tuiles choisies ne sont pas entièrement dans {area}, où les emprises sont complètes : {named}. Laissez-les de côté, ou élargissez la zone ; rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{paths}: no result is in there yet. Make them with: tiletriage simulate ... --out {path}</source>
        <translation>{paths} : il n’y a pas encore de résultats. Créez-les avec : tiletriage simulate ... --out {path}</translation>
    </message>
    <message>
        <source>{path} ends in something that is no result. Give another file, or delete its last line.</source>
        <translation>{path} se termine par quelque chose qui n’est pas un résultat. Donnez un autre fichier, ou supprimez sa dernière ligne.</translation>
    </message>
    <message>
        <source>{path} has {size} MB; results of at most {most} MB are read. Give files of fewer regions.</source>
        <translation>{path} a {size} Mo ; des résultats d’au plus {most} Mo sont lus. Donnez des fichiers de moins de régions.</translation>
    </message>
    <message>
        <source>{path} has {size} bytes, and at most {most} are read. Take the version from its source again.</source>
        <translation>{path} a {size} octets, et {most} au plus sont lus. Récupérez à nouveau la version depuis sa source.</translation>
    </message>
    <message>
        <source>{path} holds '{name}', which no adapter has, so nothing of it was taken. Ask for the file again, from somebody you know.</source>
        <translation>{path} contient « {name} », qu’aucun adaptateur n’a ; rien n’en a donc été pris. Demandez de nouveau le fichier, à quelqu’un que vous connaissez.</translation>
    </message>
    <message>
        <source>{path} is a link or no file, and links are not followed. Copy the files themselves into one folder.</source>
        <translation>{path} est un lien ou n’est pas un fichier, et les liens ne sont pas suivis. Copiez les fichiers eux-mêmes dans un seul dossier.</translation>
    </message>
    <message>
        <source>{path} is damaged ({error}). Copy the version from its source again.</source>
        <translation>{path} est endommagé ({error}). Copiez à nouveau la version depuis sa source.</translation>
    </message>
    <message>
        <source>{path} is no adapter that can be read ({error}). Ask for the file (.ttadapter) again.</source>
        <translation>{path} n’est pas un adaptateur lisible ({error}). Demandez de nouveau le fichier (.ttadapter).</translation>
    </message>
    <message>
        <source>{path} is not the imagery of this campaign: its content has changed. Bring the original back, or make a new campaign for the new imagery.</source>
        <translation>{path} n’est pas l’image de cette campagne : son contenu a changé. Remettez l’original, ou créez une nouvelle campagne pour la nouvelle image.</translation>
    </message>
    <message>
        <source>{region} has no result of '{random}', with which all strategies are compared. Simulate it too: tiletriage simulate ... --strategies {random}</source>
        <translation>{region} n’a aucun résultat de la stratégie « {random} », à laquelle toutes les stratégies sont comparées. Simulez-la aussi : tiletriage simulate ... --strategies {random}</translation>
    </message>
    <message>
        <source>{region} has {tiles} tiles to annotate, fewer than the budget of {budget}. Take smaller budgets or smaller tiles.</source>
        <translation>{region} a {tiles} tuiles à annoter, moins que le budget de {budget}. Prenez des budgets plus petits ou des tuiles plus petites.</translation>
    </message>
    <message>
        <source>{region} was not measured with {at} tiles by random. Choose --at from {known}.</source>
        <translation>Pour {region}, la stratégie random n’a pas été mesurée avec {at} tuiles. Choisissez --at parmi {known}.</translation>
    </message>
    <message>
        <source>{region} was simulated by the protocol '{one}' and {other_region} by '{other}', so their results cannot stand in one report. Make a report of each, or simulate all of them with --protocol {other}.</source>
        <translation>{region} a été simulée selon le protocole « {one} » et {other_region} selon « {other} » : leurs résultats ne peuvent donc pas figurer dans un même rapport. Faites un rapport pour chacune, ou simulez-les toutes avec --protocol {other}.</translation>
    </message>
    <message>
        <source>{region} was simulated with different settings, so its results cannot be compared: {setting} is {one} and {other}. Give files of one setting, or another name with --region.</source>
        <translation>Les simulations de {region} ont des réglages différents, leurs résultats ne peuvent donc pas être comparés : {setting} vaut {one} et {other}. Donnez des fichiers aux mêmes réglages, ou un autre nom avec --region.</translation>
    </message>
    <message>
        <source>{region}: no two budgets were simulated for all strategies yet. Run 'tiletriage simulate' again with the same --budgets for all of them; it goes on where it stopped.</source>
        <translation>{region} : il n’y a pas encore deux budgets simulés pour toutes les stratégies. Relancez « tiletriage simulate » avec les mêmes --budgets pour toutes ; la simulation reprend là où elle s’est arrêtée.</translation>
    </message>
    <message>
        <source>{target} cannot be written ({error}). Choose a folder of yours, on a disk with room.</source>
        <translation>{target} ne peut pas être écrit ({error}). Choisissez un dossier où vous pouvez écrire, sur un disque qui a de la place.</translation>
    </message>
    <message>
        <source>{target} exists already, and nothing is overwritten. Choose another folder.</source>
        <translation>{target} existe déjà, et rien n’est écrasé. Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>{versions} with the shares {shares} have no mean. Name two or more different versions, and for each a share from 0, for example 2,1.</source>
        <translation>{versions} avec les parts {shares} n’ont pas de moyenne. Nommez deux versions différentes ou plus, et pour chacune une part à partir de 0, par exemple 2,1.</translation>
    </message>
    <message>
        <source>{where} has no usable '{field}'. Is it a file of results? Delete that line and simulate again: only it is computed.</source>
        <translation>{where} n’a pas de « {field} » utilisable. Est-ce bien un fichier de résultats ? Supprimez cette ligne et relancez la simulation : elle seule est calculée.</translation>
    </message>
    <message>
        <source>{where} is no JSON. Delete that line and simulate again: only it is computed.</source>
        <translation>{where} n’est pas du JSON. Supprimez cette ligne et relancez la simulation : elle seule est calculée.</translation>
    </message>
</context>
<context>
    <name>formatting</name>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>encore environ {time}</translation>
    </message>
    <message>
        <source>{n} done</source>
        <translation>{n} terminée(s)</translation>
    </message>
    <message>
        <source>{n} empty</source>
        <translation>{n} vide(s)</translation>
    </message>
    <message>
        <source>{n} skipped</source>
        <translation>{n} passée(s)</translation>
    </message>
    <message>
        <source>{n} with bad imagery</source>
        <translation>{n} à l’image inutilisable</translation>
    </message>
    <message>
        <source>{n} waiting</source>
        <translation>{n} en attente</translation>
    </message>
    <message>
        <source>Tiles: {states}</source>
        <translation>Tuiles : {states}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>{n} footprints drawn or checked</source>
        <translation>{n} emprises dessinées ou vérifiées</translation>
    </message>
    <message>
        <source>{version} is active now: it has learnt something, and {parent} knew nothing.</source>
        <translation>{version} est active maintenant : elle a appris quelque chose, et {parent} ne savait rien.</translation>
    </message>
    <message>
        <source>{version} is parked: the new tiles are too few or too close together to hold some out, or show nothing of what is mapped, so nobody can say whether it is better than {parent}. Annotate more tiles, then fine-tune again.</source>
        <translation>{version} est mise de côté : les nouvelles tuiles sont trop peu nombreuses ou trop proches pour en mettre à part, ou ne montrent rien de ce qui est cartographié ; personne ne peut donc dire si elle est meilleure que {parent}. Annotez plus de tuiles, puis relancez l’entraînement.</translation>
    </message>
    <message>
        <source>{n} exam tiles</source>
        <translation>{n} tuiles d’examen</translation>
    </message>
    <message>
        <source>{n} tiles held out in turn</source>
        <translation>{n} tuiles mises à part tour à tour</translation>
    </message>
    <message>
        <source>Better on {better} of {judges}: IoU {before:.2f} → {after:.2f}. {version} is active now. Score again to see where it is still weak.</source>
        <translation>Meilleure sur {better} de {judges} : IoU {before:.2f} → {after:.2f}. {version} est maintenant active. Priorisez à nouveau pour voir où elle est encore faible.</translation>
    </message>
    <message>
        <source>Perhaps better (IoU {before:.2f} → {after:.2f}), but {judges} are too few to be sure: annotate at least {missing} more that lie apart from them. Where the campaign is too small for that, compare the drafts of both and activate it by hand. {version} is parked, {parent} stays active.</source>
        <translation>Peut-être meilleure (IoU {before:.2f} → {after:.2f}), mais {judges}, c’est trop peu pour en être sûr : annotez-en au moins {missing} autres, à l’écart de celles-ci. Si la campagne est trop petite pour cela, comparez les ébauches des deux versions et activez-la à la main. {version} est mise de côté, {parent} reste active.</translation>
    </message>
    <message>
        <source>Perhaps better, but it may be chance: IoU {before:.2f} → {after:.2f} on {judges}. {version} is parked, {parent} stays active. More annotated tiles help most.</source>
        <translation>Peut-être meilleure, mais ce peut être le hasard : IoU {before:.2f} → {after:.2f} sur {judges}. {version} est mise de côté, {parent} reste active. Davantage de tuiles annotées aide le plus.</translation>
    </message>
    <message>
        <source>Not better: IoU {before:.2f} → {after:.2f} on {judges}. {version} is parked, {parent} stays active. More annotated tiles help most.</source>
        <translation>Pas meilleure : IoU {before:.2f} → {after:.2f} sur {judges}. {version} est mise de côté, {parent} reste active. Davantage de tuiles annotées aide le plus.</translation>
    </message>
    <message>
        <source>{name} for {other}</source>
        <translation>{name} pour {other}</translation>
    </message>
    <message>
        <source>Most often mistaken: {mistakes}</source>
        <translation>Le plus souvent confondu : {mistakes}</translation>
    </message>
</context>
<context>
    <name>imagery_layer</name>
    <message>
        <source>'{name}' is online. Choose an area of interest: that part is read first.</source>
        <translation>« {name} » est en ligne. Choisissez une zone d’intérêt : cette partie est d’abord lue.</translation>
    </message>
    <message>
        <source>'{name}' is not a plain file on this computer, and every pixel is looked at many times. Save it as GeoTIFF (right-click the layer &gt; Export &gt; Save As), where its licence allows that, and take that.</source>
        <translation>« {name} » n’est pas un simple fichier de cet ordinateur, et chaque pixel est regardé bien des fois. Enregistrez-la en GeoTIFF (clic droit sur la couche &gt; Exporter &gt; Enregistrer sous), si sa licence le permet, et prenez ce fichier.</translation>
    </message>
    <message>
        <source>The file of '{name}' is gone: {path}. Put it back, or show QGIS its new place: right-click the layer &gt; Change Data Source.</source>
        <translation>Le fichier de « {name} » a disparu : {path}. Remettez-le, ou montrez à QGIS sa nouvelle place : clic droit sur la couche &gt; Changer la source de données.</translation>
    </message>
    <message>
        <source>QGIS cannot read {path}: it may be damaged. Copy it again, or take another layer.</source>
        <translation>QGIS ne peut pas lire {path} : le fichier est peut-être endommagé. Copiez-le à nouveau, ou prenez une autre couche.</translation>
    </message>
    <message>
        <source>The server of '{name}' did not answer. Check the network and its address, then add it again.</source>
        <translation>Le serveur de « {name} » n’a pas répondu. Vérifiez le réseau et son adresse, puis ajoutez-la à nouveau.</translation>
    </message>
    <message>
        <source>The file of '{name}' does not say its CRS. Write the right one into it: Raster &gt; Projections &gt; Assign Projection. Then remove the layer and add it again.</source>
        <translation>Le fichier de « {name} » n’indique pas son SCR. Écrivez-y le bon : Raster &gt; Projections &gt; Assigner une projection. Puis retirez la couche et ajoutez-la à nouveau.</translation>
    </message>
    <message>
        <source>'{name}' was set to {crs} by hand, but its file says {in_file}. Write {crs} into the file if that is right (Raster &gt; Projections &gt; Assign Projection), or set the layer back to {in_file}.</source>
        <translation>« {name} » a été mise en {crs} à la main, mais son fichier dit {in_file}. Écrivez {crs} dans le fichier si c’est juste (Raster &gt; Projections &gt; Assigner une projection), ou remettez la couche en {in_file}.</translation>
    </message>
    <message>
        <source>The area of interest '{area}' lies outside '{name}'. Check its CRS, or draw it over the imagery.</source>
        <translation>La zone d’intérêt « {area} » est en dehors de « {name} ». Vérifiez son SCR, ou dessinez-la sur l’image.</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>ranked by an earlier Tile Triage: score again to see why</source>
        <translation>classée par un Tile Triage antérieur : priorisez à nouveau pour voir pourquoi</translation>
    </message>
    <message>
        <source>the model is unsure here (entropy {n})</source>
        <translation>le modèle hésite ici (entropie {n})</translation>
    </message>
    <message>
        <source>the model is unsure here (margin {n})</source>
        <translation>le modèle hésite ici (marge {n})</translation>
    </message>
    <message>
        <source>expected IoU {n}</source>
        <translation>IoU attendu {n}</translation>
    </message>
    <message>
        <source>{n} % of what is probably wrong on the map lies here</source>
        <translation>{n} % de ce qui est probablement faux sur la carte se trouve ici</translation>
    </message>
    <message>
        <source>it helps to cover every kind of tile</source>
        <translation>elle aide à couvrir chaque sorte de tuile</translation>
    </message>
    <message>
        <source>drawn by chance</source>
        <translation>tirée au hasard</translation>
    </message>
    <message>
        <source>nothing is labelled yet</source>
        <translation>rien n’est encore annoté</translation>
    </message>
    <message>
        <source>nothing like it is labelled yet</source>
        <translation>aucune semblable n’est encore annotée</translation>
    </message>
    <message>
        <source>little like it is labelled yet</source>
        <translation>peu de semblables sont annotées</translation>
    </message>
    <message>
        <source>much like it is labelled already</source>
        <translation>beaucoup de semblables sont déjà annotées</translation>
    </message>
    <message>
        <source>mostly {what}</source>
        <translation>surtout {what}</translation>
    </message>
    <message>
        <source>{reason}, and {likeness}</source>
        <translation>{reason}, et {likeness}</translation>
    </message>
    <message>
        <source>How good the map is cannot be told yet: {n} of the annotated tiles were drawn by lot, and it takes 5 or more. Annotate all ten tiles of a round before you score again.</source>
        <translation>La qualité de la carte ne peut pas encore être dite : {n} des tuiles annotées ont été tirées au sort, et il en faut au moins 5. Annotez les dix tuiles d’un tour avant de prioriser de nouveau.</translation>
    </message>
    <message>
        <source>The finished map is right for {iou:.0f} % of the ground with {what} ({low:.0f} to {high:.0f} %), judged by {n} tiles drawn by lot. That ground is {mapped:.2f} ha ({least:.2f} to {most:.2f}); people have checked {checked:.0f} % of it.</source>
        <translation>La carte finie est juste pour {iou:.0f} % du sol occupé par : {what} ({low:.0f} à {high:.0f} %), d’après {n} tuiles tirées au sort. Ce sol fait {mapped:.2f} ha ({least:.2f} à {most:.2f}) ; {checked:.0f} % en ont été vérifiés par des personnes.</translation>
    </message>
    <message>
        <source>Its footprints and the real ones match with an F1 of {match:.2f} ({low:.2f} to {high:.2f}). There are {n:.0f} ({least:.0f} to {most:.0f}); people have drawn or checked {checked:.0f}.</source>
        <translation>Ses emprises et les vraies concordent avec un F1 de {match:.2f} ({low:.2f} à {high:.2f}). Il y en a {n:.0f} ({least:.0f} à {most:.0f}) ; des personnes en ont dessiné ou vérifié {checked:.0f}.</translation>
    </message>
    <message>
        <source>The next {n} tiles should mend {mends:.0f} % of what is still wrong, in about {minutes:.0f} min.</source>
        <translation>Les {n} prochaines tuiles devraient corriger {mends:.0f} % de ce qui est encore faux, en {minutes:.0f} min environ.</translation>
    </message>
    <message>
        <source>That is {gain:.1f} % of that ground, less than {enough:g} %: enough. Draw the finished map.</source>
        <translation>C’est {gain:.1f} % de ce sol, moins de {enough:g} % : c’est assez. Dessinez la carte finie.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
    <message>
        <source>The minutes were enough for {share:.0f} % of the training: give it more.</source>
        <translation>Les minutes n’ont suffi que pour {share:.0f} % de l’entraînement : donnez-lui-en davantage.</translation>
    </message>
    <message>
        <source>The model '{version}' has learnt at {finest:.2f} to {coarsest:.2f} m a pixel, and here a pixel has {gsd:.2f} m: it may see little. Begin again with another pixel size, or annotate a few rounds and see.</source>
        <translation>Le modèle « {version} » a appris avec des pixels de {finest:.2f} à {coarsest:.2f} m, et ici un pixel fait {gsd:.2f} m : il risque de voir peu de choses. Recommencez avec une autre taille de pixel, ou annotez quelques tours pour voir.</translation>
    </message>
    <message>
        <source>buildings</source>
        <translation>bâtiments</translation>
    </message>
    <message>
        <source>exam tile: it measures the model and is never trained on</source>
        <translation>tuile d’examen : elle mesure le modèle et ne sert jamais à l’entraînement</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>passée</translation>
    </message>
    <message>
        <source>bad imagery</source>
        <translation>image inutilisable</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminée</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>not scored yet</source>
        <translation>pas encore priorisée</translation>
    </message>
</context>
<context>
    <name>online_parts</name>
    <message>
        <source>'{name}' is online and has no end: choose an area of interest.</source>
        <translation>« {name} » est en ligne et n’a pas de fin : choisissez une zone d’intérêt.</translation>
    </message>
    <message>
        <source>The area is too large to be read online: {n:,.0f} million pixels, at most {most} are possible. Draw a smaller area, or choose a GSD of {gsd:.2f} m or more.</source>
        <translation>La zone est trop grande pour être lue en ligne : {n:,.0f} millions de pixels, au plus {most} sont possibles. Dessinez une zone plus petite, ou choisissez une résolution de {gsd:.2f} m ou plus.</translation>
    </message>
</context>
<context>
    <name>preconditions</name>
    <message>
        <source>Start or open a campaign first: see the page Start.</source>
        <translation>Commencez ou ouvrez d’abord une campagne : voyez la page Départ.</translation>
    </message>
    <message>
        <source>Take a tile first: press Next tile.</source>
        <translation>Prenez d’abord une tuile : cliquez sur Tuile suivante.</translation>
    </message>
    <message>
        <source>The model proposes nothing more on this tile.</source>
        <translation>Le modèle ne propose plus rien sur cette tuile.</translation>
    </message>
    <message>
        <source>Exam tiles are drawn without the model's help, else it would examine itself.</source>
        <translation>Les tuiles d’examen se dessinent sans l’aide du modèle, sinon il s’examinerait lui-même.</translation>
    </message>
    <message>
        <source>{work} is running: wait for it or cancel it.</source>
        <translation>{work} est en cours : attendez la fin ou annulez.</translation>
    </message>
    <message>
        <source>The model needs {packages}: the page Start says how to install it.</source>
        <translation>Le modèle a besoin de {packages} : la page Départ dit comment l’installer.</translation>
    </message>
</context>
<context>
    <name>requirements</name>
    <message>
        <source>Tile Triage needs Python packages that this QGIS does not have: {missing}.</source>
        <translation>Tile Triage a besoin de paquets Python que ce QGIS n’a pas : {missing}.</translation>
    </message>
    <message>
        <source>Install them for the Python of QGIS (about 2 GB where torch is among them), then start QGIS again. {place} {command}</source>
        <translation>Installez-les pour le Python de QGIS (environ 2 Go si torch en fait partie), puis redémarrez QGIS. {place} {command}</translation>
    </message>
    <message>
        <source>{package} {version} cannot be used: {minimum} or newer is needed, but not {excluded}.</source>
        <translation>{package} {version} ne peut pas être utilisé : il faut {minimum} ou plus récent, mais pas {excluded}.</translation>
    </message>
    <message>
        <source>{package} {version} is too old: {minimum} or newer is needed.</source>
        <translation>{package} {version} est trop ancien : il faut {minimum} ou plus récent.</translation>
    </message>
    <message>
        <source>In the OSGeo4W Shell, from the start menu, type:</source>
        <translation>Dans l’OSGeo4W Shell, depuis le menu Démarrer, tapez :</translation>
    </message>
    <message>
        <source>In a terminal, type:</source>
        <translation>Dans un terminal, tapez :</translation>
    </message>
</context>
<context>
    <name>sources</name>
    <message>
        <source>The layer '{name}' is not read from a file on this computer (its provider is '{provider}'), and the model looks at every pixel many times. Save the part that you want to map as a GeoTIFF (right-click the layer &gt; Export &gt; Save As), where its licence allows that, and take that file.</source>
        <translation>La couche « {name} » n’est pas lue d’un fichier de cet ordinateur (son fournisseur est « {provider} »), et le modèle regarde chaque pixel bien des fois. Enregistrez la partie à cartographier en GeoTIFF (clic droit sur la couche &gt; Exporter &gt; Enregistrer sous), si sa licence le permet, et prenez ce fichier.</translation>
    </message>
</context>
<context>
    <name>styles</name>
    <message>
        <source>the first fifth: annotate first</source>
        <translation>le premier cinquième : à annoter d’abord</translation>
    </message>
    <message>
        <source>the second fifth</source>
        <translation>le deuxième cinquième</translation>
    </message>
    <message>
        <source>the third fifth</source>
        <translation>le troisième cinquième</translation>
    </message>
    <message>
        <source>the fourth fifth</source>
        <translation>le quatrième cinquième</translation>
    </message>
    <message>
        <source>the last fifth of the queue: can wait</source>
        <translation>le dernier cinquième de la file : peut attendre</translation>
    </message>
    <message>
        <source>not scored yet</source>
        <translation>pas encore priorisée</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminée</translation>
    </message>
    <message>
        <source>empty: nothing to map there</source>
        <translation>vide : rien à y cartographier</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>passée</translation>
    </message>
    <message>
        <source>bad imagery</source>
        <translation>image inutilisable</translation>
    </message>
    <message>
        <source>exam tile</source>
        <translation>tuile d’examen</translation>
    </message>
    <message>
        <source>exam tile, annotated</source>
        <translation>tuile d’examen, annotée</translation>
    </message>
    <message>
        <source>assigned or in progress</source>
        <translation>attribuée ou en cours</translation>
    </message>
    <message>
        <source>the next 20 tiles</source>
        <translation>les 20 prochaines tuiles</translation>
    </message>
    <message>
        <source>border of a tile, seen from close by</source>
        <translation>bord d’une tuile, vu de près</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>rang</translation>
    </message>
    <message>
        <source>tile</source>
        <translation>tuile</translation>
    </message>
    <message>
        <source>assigned</source>
        <translation>attribuée</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>waits to be annotated for the exam</source>
        <translation>attend d’être annotée pour l’examen</translation>
    </message>
    <message>
        <source>waits to be annotated</source>
        <translation>attend d’être annotée</translation>
    </message>
    <message>
        <source>scored just now: its rank comes when all tiles are scored</source>
        <translation>priorisée à l’instant : son rang vient quand toutes les tuiles le sont</translation>
    </message>
    <message>
        <source>expected IoU</source>
        <translation>IoU attendu</translation>
    </message>
    <message>
        <source>annotated by</source>
        <translation>annotée par</translation>
    </message>
    <message>
        <source>the model is unsure here (entropy {n})</source>
        <translation>le modèle hésite ici (entropie {n})</translation>
    </message>
    <message>
        <source>the model is unsure here (margin {n})</source>
        <translation>le modèle hésite ici (marge {n})</translation>
    </message>
    <message>
        <source>expected IoU {n}</source>
        <translation>IoU attendu {n}</translation>
    </message>
    <message>
        <source>{n} % of what is probably wrong on the map lies here</source>
        <translation>{n} % de ce qui est probablement faux sur la carte se trouve ici</translation>
    </message>
    <message>
        <source>it helps to cover every kind of tile</source>
        <translation>elle aide à couvrir chaque sorte de tuile</translation>
    </message>
    <message>
        <source>drawn by chance</source>
        <translation>tirée au hasard</translation>
    </message>
    <message>
        <source>nothing is labelled yet</source>
        <translation>rien n’est encore annoté</translation>
    </message>
    <message>
        <source>nothing like it is labelled yet</source>
        <translation>aucune semblable n’est encore annotée</translation>
    </message>
    <message>
        <source>mostly {what}</source>
        <translation>surtout {what}</translation>
    </message>
    <message>
        <source>little like it is labelled yet</source>
        <translation>peu de semblables sont annotées</translation>
    </message>
    <message>
        <source>much like it is labelled already</source>
        <translation>beaucoup de semblables sont déjà annotées</translation>
    </message>
    <message>
        <source>drawn by a person</source>
        <translation>dessinée par une personne</translation>
    </message>
    <message>
        <source>drawn by the model</source>
        <translation>dessinée par le modèle</translation>
    </message>
    <message>
        <source>drawn by the model, likely right: confidence 0.7 or more</source>
        <translation>dessiné par le modèle, sans doute juste : confiance de 0,7 ou plus</translation>
    </message>
    <message>
        <source>drawn by the model, may be right: confidence 0.4 to 0.7</source>
        <translation>dessiné par le modèle, peut-être juste : confiance de 0,4 à 0,7</translation>
    </message>
    <message>
        <source>drawn by the model, likely wrong: confidence below 0.4</source>
        <translation>dessiné par le modèle, sans doute faux : confiance inférieure à 0,4</translation>
    </message>
    <message>
        <source>drawn by</source>
        <translation>dessinée par</translation>
    </message>
    <message>
        <source>a person</source>
        <translation>une personne</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>confiance</translation>
    </message>
    <message>
        <source>draft of the model: accept it, or leave it</source>
        <translation>ébauche du modèle : acceptez-la, ou laissez-la</translation>
    </message>
</context>
<context>
    <name>version_rows</name>
    <message>
        <source>An adapter of the base {base}.</source>
        <translation>Un adaptateur de la base {base}.</translation>
    </message>
    <message>
        <source>The average of {versions}.</source>
        <translation>La moyenne de {versions}.</translation>
    </message>
    <message>
        <source>It comes from another campaign.</source>
        <translation>Elle vient d’une autre campagne.</translation>
    </message>
    <message>
        <source>The model that the campaign started with.</source>
        <translation>Le modèle avec lequel la campagne a commencé.</translation>
    </message>
    <message>
        <source>Learned from {n} tiles; IoU on tiles held out in turn {before:.2f} before, {after:.2f} after.</source>
        <translation>A appris de {n} tuiles ; IoU sur les tuiles mises à part tour à tour : {before:.2f} avant, {after:.2f} après.</translation>
    </message>
    <message>
        <source>Learned from {n} tiles; not measured.</source>
        <translation>A appris de {n} tuiles ; pas mesurée.</translation>
    </message>
    <message>
        <source>Learned from {n} tiles; IoU on the exam tiles {before:.2f} before, {after:.2f} after.</source>
        <translation>A appris de {n} tuiles ; IoU sur les tuiles d’examen {before:.2f} avant, {after:.2f} après.</translation>
    </message>
</context>
</TS>
