<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es">
<context>
    <name>Annotate</name>
    <message>
        <source>Annotate tiles from a layer</source>
        <translation>Anotar teselas desde una capa</translation>
    </message>
    <message>
        <source>Annotation</source>
        <translation>Anotación</translation>
    </message>
    <message>
        <source>labels,footprints,buildings,import</source>
        <translation>etiquetas,huellas,edificios,importar</translation>
    </message>
    <message>
        <source>Finishes tiles with the footprints of a layer. A tile on which the layer has no footprint counts as looked at and empty, so name only tiles that were really looked at. Choose the tiles in one of three ways: the next ones of the queue, by their ids, or all exam tiles.</source>
        <translation>Termina teselas con las huellas de una capa. Una tesela en la que la capa no tiene huellas cuenta como revisada y vacía: indique solo teselas que se hayan revisado de verdad. Elija las teselas de una de estas tres maneras: las siguientes de la cola, por sus identificadores, o todas las teselas de examen.</translation>
    </message>
    <message>
        <source>Footprints</source>
        <translation>Huellas</translation>
    </message>
    <message>
        <source>Polygons of what is mapped, in any CRS. Those on the chosen tiles are taken, the others ignored.</source>
        <translation>Polígonos de lo que se cartografía, en cualquier SRC. Se toman los de las teselas elegidas; los demás se ignoran.</translation>
    </message>
    <message>
        <source>Or a raster of classes</source>
        <translation>O un ráster de clases</translation>
    </message>
    <message>
        <source>Whole numbers, each for a class. Where it has no data nobody has looked.</source>
        <translation>Números enteros, cada uno para una clase. Donde no tiene datos, nadie ha mirado.</translation>
    </message>
    <message>
        <source>Field of the class</source>
        <translation>Campo de la clase</translation>
    </message>
    <message>
        <source>The field that names the class of each footprint, where the campaign maps several.</source>
        <translation>El campo que nombra la clase de cada huella, si la campaña cartografía varias.</translation>
    </message>
    <message>
        <source>What the values mean</source>
        <translation>Qué significan los valores</translation>
    </message>
    <message>
        <source>Values of that field, or of the raster, with their classes, for example 1=water,2=field,9=unlabelled. Names of classes, 0 for background and numbers from 1 speak for themselves.</source>
        <translation>Valores de ese campo, o del ráster, con sus clases, por ejemplo 1=water,2=field,9=unlabelled. Los nombres de las clases, 0 para el fondo y los números desde 1 hablan por sí mismos.</translation>
    </message>
    <message>
        <source>Which class lies on top</source>
        <translation>Qué clase está encima</translation>
    </message>
    <message>
        <source>All classes, the first on top, for footprints of two classes on the same ground.</source>
        <translation>Todas las clases, la primera encima, para huellas de dos clases en el mismo terreno.</translation>
    </message>
    <message>
        <source>The next tiles of the queue</source>
        <translation>Las siguientes teselas de la cola</translation>
    </message>
    <message>
        <source>Finish so many tiles, best rank first, as 'Next tiles' lists them.</source>
        <translation>Terminar esa cantidad de teselas, las mejor clasificadas primero, tal como las lista «Siguientes teselas».</translation>
    </message>
    <message>
        <source>These tiles</source>
        <translation>Estas teselas</translation>
    </message>
    <message>
        <source>Finish the tiles with these ids, separated by commas, for example r003_c012,r007_c001.</source>
        <translation>Terminar las teselas con estos identificadores, separados por comas, por ejemplo r003_c012,r007_c001.</translation>
    </message>
    <message>
        <source>All exam tiles</source>
        <translation>Todas las teselas de examen</translation>
    </message>
    <message>
        <source>Finish the exam tiles that still need labels. They measure the models and are never trained on.</source>
        <translation>Terminar las teselas de examen que aún faltan por anotar. Miden los modelos y nunca se usan para entrenar.</translation>
    </message>
    <message>
        <source>Repair broken outlines</source>
        <translation>Reparar contornos defectuosos</translation>
    </message>
    <message>
        <source>Mend self-intersecting outlines and leave out what is no polygon, instead of refusing the layer.</source>
        <translation>Reparar los contornos que se cruzan y dejar fuera lo que no es un polígono, en lugar de rechazar la capa.</translation>
    </message>
    <message>
        <source>Where the footprints are complete</source>
        <translation>Dónde están completas las huellas</translation>
    </message>
    <message>
        <source>Polygons inside which the layer shows all there is. A chosen tile that is not wholly inside is refused, so that none becomes empty which nobody looked at.</source>
        <translation>Polígonos dentro de los cuales la capa muestra todo lo que hay. Una tesela elegida que no está entera dentro se rechaza, para que ninguna quede vacía sin que nadie la haya mirado.</translation>
    </message>
    <message>
        <source>All tiles may be empty</source>
        <translation>Todas las teselas pueden estar vacías</translation>
    </message>
    <message>
        <source>Finish the tiles although the layer has no footprint on any of them.</source>
        <translation>Terminar las teselas aunque la capa no tenga huellas en ninguna de ellas.</translation>
    </message>
    <message>
        <source>Annotator</source>
        <translation>Anotador</translation>
    </message>
    <message>
        <source>Whose work this is, for the log. Without it, your name on this computer.</source>
        <translation>De quién es este trabajo, para el registro. Si se deja vacío, su nombre en este equipo.</translation>
    </message>
    <message>
        <source>Number of tiles with footprints</source>
        <translation>Número de teselas con huellas</translation>
    </message>
    <message>
        <source>Number of tiles without footprints</source>
        <translation>Número de teselas sin huellas</translation>
    </message>
    <message>
        <source>Number of footprints taken</source>
        <translation>Número de huellas tomadas</translation>
    </message>
    <message>
        <source>Ids of the tiles, separated by commas</source>
        <translation>Identificadores de las teselas, separados por comas</translation>
    </message>
    <message>
        <source>Say where the labels are: in footprints (FOOTPRINTS) or in a raster (LABEL_RASTER), one of both.</source>
        <translation>Diga dónde están las etiquetas: en huellas (FOOTPRINTS) o en un ráster (LABEL_RASTER), uno de los dos.</translation>
    </message>
    <message>
        <source>Say which tiles to finish, in one way: a number of the next tiles of the queue (NEXT), their ids (TILES), or all exam tiles (EXAM).</source>
        <translation>Diga qué teselas terminar, de una sola manera: una cantidad de las siguientes de la cola (NEXT), sus identificadores (TILES), o todas las teselas de examen (EXAM).</translation>
    </message>
    <message>
        <source>{tiles} tiles to finish: {filled} with {footprints} footprints of the layer, {empty} without any, which will count as looked at and empty.</source>
        <translation>{tiles} teselas por terminar: {filled} con {footprints} huellas de la capa, {empty} sin ninguna, que contarán como revisadas y vacías.</translation>
    </message>
    <message>
        <source>{tiles} tiles finished as {annotator}: {done} with {footprints} footprints, {empty} empty.</source>
        <translation>{tiles} teselas terminadas por {annotator}: {done} con {footprints} huellas, {empty} vacías.</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Detenido antes del final. Lo terminado se conserva: ejecútelo de nuevo y continuará desde ahí.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Carpeta de la campaña</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>La carpeta de la campaña, tal como la creó «Nueva campaña».</translation>
    </message>
</context>
<context>
    <name>AnnotateActions</name>
    <message>
        <source>Next tile</source>
        <translation>Siguiente tesela</translation>
    </message>
    <message>
        <source>Zoom to the tile that is worth most, and draw there</source>
        <translation>Acercarse a la tesela que más vale, y dibujar allí</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Anterior</translation>
    </message>
    <message>
        <source>Go back to the tile before, to correct it</source>
        <translation>Volver a la tesela anterior, para corregirla</translation>
    </message>
    <message>
        <source>Accept all</source>
        <translation>Aceptar todos</translation>
    </message>
    <message>
        <source>Take all outlines that the model proposes; what is wrong can still be corrected or deleted</source>
        <translation>Tomar todos los contornos que propone el modelo; lo que esté mal aún se puede corregir o borrar</translation>
    </message>
    <message>
        <source>Accept the draft under the cursor</source>
        <translation>Aceptar el borrador bajo el cursor</translation>
    </message>
    <message>
        <source>Take the one proposed outline under the mouse: point at it on the map and press the keys</source>
        <translation>Tomar solo el contorno propuesto bajo el ratón: señálelo en el mapa y pulse las teclas</translation>
    </message>
    <message>
        <source>By click</source>
        <translation>Con clics</translation>
    </message>
    <message>
        <source>Then click on the proposed outlines that are right, one after the other; Esc ends it. Quicker: point at one and press the keys of 'Accept the draft under the cursor' (Shift+U)</source>
        <translation>Después haga clic en los contornos propuestos que sean correctos, uno tras otro; Esc lo termina. Más rápido: apunte a uno y pulse las teclas de «Aceptar el borrador bajo el cursor» (Mayús+U)</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminada</translation>
    </message>
    <message>
        <source>All that there is to map on the tile is drawn: save it and go to the next</source>
        <translation>Todo lo que hay que cartografiar en la tesela está dibujado: guardarla y pasar a la siguiente</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Vacía</translation>
    </message>
    <message>
        <source>There is nothing to map on the tile, which teaches the model too: save that and go to the next</source>
        <translation>No hay nada que cartografiar en la tesela, lo que también enseña al modelo: guardarlo y pasar a la siguiente</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Omitir</translation>
    </message>
    <message>
        <source>Leave the tile as it is, for somebody else: it does not count, and the next one comes</source>
        <translation>Dejar la tesela como está, para otra persona: no cuenta, y viene la siguiente</translation>
    </message>
    <message>
        <source>Bad imagery</source>
        <translation>Imagen inservible</translation>
    </message>
    <message>
        <source>Clouds, blur or no picture: nobody could draw here, so nobody gets the tile again</source>
        <translation>Nubes, desenfoque o sin imagen: nadie podría dibujar aquí, así que la tesela no vuelve a ofrecerse</translation>
    </message>
    <message>
        <source>Class {n}</source>
        <translation>Clase {n}</translation>
    </message>
    <message>
        <source>What is drawn from now on is of this class, and so is what is selected on the layer Drawing</source>
        <translation>Lo que se dibuje desde ahora es de esta clase, y también lo que está seleccionado en la capa Dibujo</translation>
    </message>
</context>
<context>
    <name>AnnotatePanel</name>
    <message>
        <source>Serve the tiles that come next, best first</source>
        <translation>Ofrecer las teselas siguientes, las mejores primero</translation>
    </message>
    <message>
        <source>Serve the tiles on which every version of the model is tested</source>
        <translation>Ofrecer las teselas con las que se prueba cada versión del modelo</translation>
    </message>
    <message>
        <source>Exam tiles: {annotated} of {exam}</source>
        <translation>Teselas de examen: {annotated} de {exam}</translation>
    </message>
    <message>
        <source>Exam tiles</source>
        <translation>Teselas de examen</translation>
    </message>
    <message>
        <source>Annotate the {exam} exam tiles first. The model never learns from them: they are the test that shows whether it has become better.</source>
        <translation>Anote primero las {exam} teselas de examen. El modelo nunca aprende de ellas: son la prueba que muestra si ha mejorado.</translation>
    </message>
    <message>
        <source>No tile yet</source>
        <translation>Todavía no hay tesela</translation>
    </message>
    <message>
        <source>Press Next tile: the map goes there.</source>
        <translation>Pulse Siguiente tesela: el mapa va hasta allí.</translation>
    </message>
    <message>
        <source>, rank {rank}</source>
        <translation>, rango {rank}</translation>
    </message>
    <message>
        <source>Tile {tile}</source>
        <translation>Tesela {tile}</translation>
    </message>
    <message>
        <source>Drafts: {drafts}, drawn: {drawn}</source>
        <translation>Borradores: {drafts}, dibujadas: {drawn}</translation>
    </message>
    <message>
        <source>{time} a tile</source>
        <translation>{time} por tesela</translation>
    </message>
    <message>
        <source>Which tiles</source>
        <translation>Qué teselas</translation>
    </message>
    <message>
        <source>The most useful ones</source>
        <translation>Las más útiles</translation>
    </message>
    <message>
        <source>Draw the class</source>
        <translation>Dibujar la clase</translation>
    </message>
    <message>
        <source>What the model proposes</source>
        <translation>Lo que propone el modelo</translation>
    </message>
    <message>
        <source>Check it: begin with all of it</source>
        <translation>Revisar: empezar con todo</translation>
    </message>
    <message>
        <source>Tiles begin with every outline that the model proposes: correct, delete and add, then finish them</source>
        <translation>Las teselas empiezan con todos los contornos que propone el modelo: corrija, borre y añada, y luego termínelas</translation>
    </message>
    <message>
        <source>Finish the tile as</source>
        <translation>Terminar la tesela como</translation>
    </message>
</context>
<context>
    <name>CampaignCreation</name>
    <message>
        <source>{folder} is not empty: choose a new folder.</source>
        <translation>{folder} no está vacía: elija una carpeta nueva.</translation>
    </message>
    <message>
        <source>Opening the campaign</source>
        <translation>Apertura de la campaña</translation>
    </message>
    <message>
        <source>Making the campaign</source>
        <translation>Creación de la campaña</translation>
    </message>
    <message>
        <source>Reading the online imagery</source>
        <translation>Lectura de la imagen en línea</translation>
    </message>
    <message>
        <source>Stopped. What was read is kept: start again with the same folder and it goes on from there.</source>
        <translation>Detenido. Lo leído se conserva: empiece de nuevo con la misma carpeta y continuará desde ahí.</translation>
    </message>
</context>
<context>
    <name>CampaignLayers</name>
    <message>
        <source>Tiles</source>
        <translation>Teselas</translation>
    </message>
    <message>
        <source>Footprints</source>
        <translation>Huellas</translation>
    </message>
    <message>
        <source>Tile Triage: {name}</source>
        <translation>Tile Triage: {name}</translation>
    </message>
</context>
<context>
    <name>CampaignWork</name>
    <message>
        <source>Measuring the speed</source>
        <translation>Medición de la velocidad</translation>
    </message>
    <message>
        <source>Scoring the tiles</source>
        <translation>Priorización de las teselas</translation>
    </message>
    <message>
        <source>Fine-tuning the model</source>
        <translation>Afinado del modelo</translation>
    </message>
    <message>
        <source>Measuring the map</source>
        <translation>Midiendo el mapa</translation>
    </message>
    <message>
        <source>Changing to version {version}</source>
        <translation>Cambio a la versión {version}</translation>
    </message>
    <message>
        <source>Saving version {version}</source>
        <translation>Guardado de la versión {version}</translation>
    </message>
    <message>
        <source>Version {version} is saved in {folder}.</source>
        <translation>La versión {version} está guardada en {folder}.</translation>
    </message>
    <message>
        <source>Version {version} is an adapter from a file. It is parked until you activate it.</source>
        <translation>La versión {version} es un adaptador de un archivo. Queda apartada hasta que usted la active.</translation>
    </message>
    <message>
        <source>Activate</source>
        <translation>Activar</translation>
    </message>
    <message>
        <source>Taking in {name}</source>
        <translation>Incorporando {name}</translation>
    </message>
    <message>
        <source>Predicting footprints</source>
        <translation>Predicción de huellas</translation>
    </message>
    <message>
        <source>{n} tiles, {speed:.1f} a second</source>
        <translation>{n} teselas, {speed:.1f} por segundo</translation>
    </message>
    <message>
        <source>{n:.1f} tiles a second on {device}</source>
        <translation>{n:.1f} teselas por segundo en {device}</translation>
    </message>
    <message>
        <source>Stopped. What was scored is kept: press Score again and it goes on from there.</source>
        <translation>Detenido. Lo priorizado se conserva: pulse Priorizar de nuevo y continuará desde ahí.</translation>
    </message>
    <message>
        <source>Epoch {n}, loss {loss:.3f}</source>
        <translation>Época {n}, pérdida {loss:.3f}</translation>
    </message>
    <message>
        <source>Stopped, and the model is as before. Fine-tune again with the same tiles and it goes on.</source>
        <translation>Detenido, y el modelo está como antes. Afine de nuevo con las mismas teselas y continuará.</translation>
    </message>
    <message>
        <source>Version {version} works from now on.</source>
        <translation>La versión {version} está activa desde ahora.</translation>
    </message>
    <message>
        <source>Footprints by {version}</source>
        <translation>Huellas de {version}</translation>
    </message>
</context>
<context>
    <name>ClassTable</name>
    <message>
        <source>Class</source>
        <translation>Clase</translation>
    </message>
    <message>
        <source>IoU before</source>
        <translation>IoU antes</translation>
    </message>
    <message>
        <source>after</source>
        <translation>después</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Media</translation>
    </message>
</context>
<context>
    <name>Drafts</name>
    <message>
        <source>Drafts of the next tiles</source>
        <translation>Borradores de las siguientes teselas</translation>
    </message>
    <message>
        <source>There are no drafts: {reason}</source>
        <translation>No hay borradores: {reason}</translation>
    </message>
</context>
<context>
    <name>Drawing</name>
    <message>
        <source>Accept drafts</source>
        <translation>Aceptar borradores</translation>
    </message>
    <message>
        <source>Change class</source>
        <translation>Cambiar la clase</translation>
    </message>
    <message>
        <source>No autosave of {tile}: {error}</source>
        <translation>Sin autoguardado de {tile}: {error}</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>Dibujo</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Borradores</translation>
    </message>
</context>
<context>
    <name>EngineAlgorithm</name>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Detenido antes del final. Lo terminado se conserva: ejecútelo de nuevo y continuará desde ahí.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Carpeta de la campaña</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>La carpeta de la campaña, tal como la creó «Nueva campaña».</translation>
    </message>
</context>
<context>
    <name>EngineTask</name>
    <message>
        <source>{work} (cancelled)</source>
        <translation>{work} (cancelado)</translation>
    </message>
</context>
<context>
    <name>Evaluate</name>
    <message>
        <source>Evaluate a version</source>
        <translation>Evaluar una versión</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>exam,accuracy,IoU,F1,measure</source>
        <translation>examen,exactitud,IoU,F1,medir</translation>
    </message>
    <message>
        <source>Measures a model version on the annotated exam tiles, which no version was trained on: by pixel (IoU, F1), and by footprint, where one counts as found when its IoU with the true one is at least one half.</source>
        <translation>Mide una versión del modelo en las teselas de examen anotadas, con las que ninguna versión se entrenó: por píxel (IoU, F1) y por huella, donde una huella cuenta como encontrada si su IoU con la verdadera es de al menos un medio.</translation>
    </message>
    <message>
        <source>Model version</source>
        <translation>Versión del modelo</translation>
    </message>
    <message>
        <source>The version to measure, as 'Versions' lists it. Without it, the active one.</source>
        <translation>La versión que se mide, tal como la lista «Versiones». Si se deja vacío, la activa.</translation>
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
        <translation>F1 por huella</translation>
    </message>
    <message>
        <source>Mean IoU of the footprints found</source>
        <translation>IoU media de las huellas encontradas</translation>
    </message>
    <message>
        <source>Number of exam tiles</source>
        <translation>Número de teselas de examen</translation>
    </message>
    <message>
        <source>Version {version} on {tiles} exam tiles: IoU {iou:.3f}, F1 {f1:.3f}, footprint F1 {footprint_f1:.3f} (mean IoU of those found {matched_iou:.3f}).</source>
        <translation>Versión {version} en {tiles} teselas de examen: IoU {iou:.3f}, F1 {f1:.3f}, F1 por huella {footprint_f1:.3f} (IoU media de las encontradas {matched_iou:.3f}).</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Detenido antes del final. Lo terminado se conserva: ejecútelo de nuevo y continuará desde ahí.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Carpeta de la campaña</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>La carpeta de la campaña, tal como la creó «Nueva campaña».</translation>
    </message>
</context>
<context>
    <name>FineTune</name>
    <message>
        <source>Fine-tune the model</source>
        <translation>Afinar el modelo</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>train,learn,version,deep learning</source>
        <translation>entrenar,aprender,versión,aprendizaje profundo</translation>
    </message>
    <message>
        <source>Makes a new model version from the active one and all annotated tiles, or, in a campaign that began with a model that knew nothing, from that one anew. It becomes the active version where tiles that it has not learnt from show that it is better; else it is parked. Stopped, it goes on from there next time.</source>
        <translation>Crea una nueva versión del modelo a partir de la activa y de todas las teselas anotadas o, en una campaña que empezó con un modelo que no sabía nada, de nuevo a partir de este. Pasa a ser la activa si teselas de las que no ha aprendido muestran que es mejor; si no, queda apartada. Si se detiene, la próxima vez sigue desde ahí.</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Método</translation>
    </message>
    <message>
        <source>What learns: full, the whole network, usually the better one for buildings; decoder, only its second half, which is faster; lora, that half and small adapters beside the first, a file of 2 MB for other campaigns, which needs the package peft. From nothing all three learn a flood as well (F1 0.90 to 0.91 with 5 tiles, 0.92 with 20).</source>
        <translation>Lo que aprende: full, toda la red, por lo general lo mejor para edificios; decoder, solo su segunda mitad, que es más rápido; lora, esa mitad y pequeños adaptadores junto a la primera, un archivo de 2 MB para otras campañas, que necesita el paquete peft. Desde cero los tres aprenden una inundación igual de bien (F1 de 0,90 a 0,91 con 5 teselas, 0,92 con 20).</translation>
    </message>
    <message>
        <source>Minutes at most</source>
        <translation>Minutos como máximo</translation>
    </message>
    <message>
        <source>Training ends after this time, or earlier when it brings nothing more.</source>
        <translation>El entrenamiento termina tras este tiempo, o antes si ya no aporta nada.</translation>
    </message>
    <message>
        <source>Epochs at most</source>
        <translation>Épocas como máximo</translation>
    </message>
    <message>
        <source>Training ends after going through the tiles so often. Whichever comes first counts.</source>
        <translation>El entrenamiento termina tras recorrer las teselas tantas veces. Cuenta el límite que llegue primero.</translation>
    </message>
    <message>
        <source>Seed of chance</source>
        <translation>Semilla del azar</translation>
    </message>
    <message>
        <source>The same number, tiles and epochs give the same model again.</source>
        <translation>El mismo número, las mismas teselas y épocas dan de nuevo el mismo modelo.</translation>
    </message>
    <message>
        <source>New model version</source>
        <translation>Nueva versión del modelo</translation>
    </message>
    <message>
        <source>Version that it was made from</source>
        <translation>Versión de la que procede</translation>
    </message>
    <message>
        <source>The new version is active</source>
        <translation>La nueva versión está activa</translation>
    </message>
    <message>
        <source>IoU before, on the tiles that judge</source>
        <translation>IoU antes, en las teselas que juzgan</translation>
    </message>
    <message>
        <source>IoU now, on the tiles that judge</source>
        <translation>IoU ahora, en las teselas que juzgan</translation>
    </message>
    <message>
        <source>Number of exam tiles that both versions sat</source>
        <translation>Número de teselas de examen por las que pasaron ambas versiones</translation>
    </message>
    <message>
        <source>Number of tiles trained on</source>
        <translation>Número de teselas de entrenamiento</translation>
    </message>
    <message>
        <source>Number of epochs</source>
        <translation>Número de épocas</translation>
    </message>
    <message>
        <source>Say when training ends: after how many minutes, or how many epochs.</source>
        <translation>Diga cuándo termina el entrenamiento: tras cuántos minutos o cuántas épocas.</translation>
    </message>
    <message>
        <source>Epoch {number}: loss {loss:.3f}</source>
        <translation>Época {number}: pérdida {loss:.3f}</translation>
    </message>
    <message>
        <source>Version {version} has learned from {tiles} tiles in {epochs} epochs and {seconds:.0f} s.</source>
        <translation>La versión {version} ha aprendido de {tiles} teselas en {epochs} épocas y {seconds:.0f} s.</translation>
    </message>
    <message>
        <source>{name}: IoU {before:.3f} before, {after:.3f} after</source>
        <translation>{name}: IoU {before:.3f} antes, {after:.3f} después</translation>
    </message>
    <message>
        <source>{name} is taken for {others}</source>
        <translation>{name} se toma por {others}</translation>
    </message>
    <message>
        <source>It is the active version now: it has learnt something, and {parent} knew nothing.</source>
        <translation>Ahora es la versión activa: ha aprendido algo, y {parent} no sabía nada.</translation>
    </message>
    <message>
        <source>It is parked: the new tiles are too few or too close together to hold some out, or show nothing of what is mapped, so nothing shows whether it is better than {parent}. Annotate more tiles, or make it active with 'Versions'.</source>
        <translation>Queda apartada: las teselas nuevas son muy pocas o están muy juntas para reservar algunas, o no muestran nada de lo que se cartografía, así que nada muestra si es mejor que {parent}. Anote más teselas, o actívela con «Versiones».</translation>
    </message>
    <message>
        <source>It is the active version now: IoU on {judges} {after:.3f}, before {before:.3f} (change {low:+.3f} to {high:+.3f}). Score the tiles again to see where it is still weak.</source>
        <translation>Ahora es la versión activa: IoU en {judges} {after:.3f}, antes {before:.3f} (cambio de {low:+.3f} a {high:+.3f}). Priorice de nuevo las teselas para ver dónde sigue siendo débil.</translation>
    </message>
    <message>
        <source>It is parked, and {parent} stays active: IoU on {judges} {after:.3f}, before {before:.3f}, so it is not better. Annotate more tiles, or make it active with 'Versions'.</source>
        <translation>Queda apartada, y {parent} sigue activa: IoU en {judges} {after:.3f}, antes {before:.3f}, así que no es mejor. Anote más teselas, o actívela con «Versiones».</translation>
    </message>
    <message>
        <source>It is parked, and {parent} stays active: IoU on {judges} {after:.3f}, before {before:.3f}, but these are too few to be sure. Annotate at least {missing} more that lie apart from them, or make it active with 'Versions'.</source>
        <translation>Queda apartada, y {parent} sigue activa: IoU en {judges} {after:.3f}, antes {before:.3f}, pero son demasiado pocas para estar seguros. Anote al menos {missing} más que estén apartadas de ellas, o actívela con «Versiones».</translation>
    </message>
    <message>
        <source>It is parked, and {parent} stays active: IoU on {judges} {after:.3f}, before {before:.3f}. The change, {low:+.3f} to {high:+.3f}, may be chance. Annotate more tiles, or make it active with 'Versions'.</source>
        <translation>Queda apartada y {parent} sigue activa: IoU en {judges} {after:.3f}, antes {before:.3f}. El cambio, de {low:+.3f} a {high:+.3f}, puede deberse al azar. Anote más teselas, o actívela con «Versiones».</translation>
    </message>
    <message>
        <source>{n} exam tiles</source>
        <translation>{n} teselas de examen</translation>
    </message>
    <message>
        <source>{n} tiles held out in turn</source>
        <translation>{n} teselas reservadas por turnos</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Detenido antes del final. Lo terminado se conserva: ejecútelo de nuevo y continuará desde ahí.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Carpeta de la campaña</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>La carpeta de la campaña, tal como la creó «Nueva campaña».</translation>
    </message>
</context>
<context>
    <name>LayerWatch</name>
    <message>
        <source>No longer on the map: {layers}. The work goes on and nothing is lost.</source>
        <translation>Ya no está en el mapa: {layers}. El trabajo continúa y no se pierde nada.</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Restaurar</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>bright first, dark can wait</source>
        <translation>claras primero</translation>
    </message>
    <message>
        <source>one of the next 20</source>
        <translation>una de las 20 siguientes</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminada</translation>
    </message>
    <message>
        <source>empty: nothing to map</source>
        <translation>vacía: nada que cartografiar</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>omitida</translation>
    </message>
    <message>
        <source>bad imagery</source>
        <translation>imagen inservible</translation>
    </message>
    <message>
        <source>exam tile: tests the model</source>
        <translation>tesela de examen: prueba el modelo</translation>
    </message>
</context>
<context>
    <name>New</name>
    <message>
        <source>New campaign</source>
        <translation>Nueva campaña</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Campaña</translation>
    </message>
    <message>
        <source>workspace,imagery,tile grid,create</source>
        <translation>campaña,imágenes,cuadrícula de teselas,crear</translation>
    </message>
    <message>
        <source>Opens a campaign over imagery in a new folder: lays the tile grid and takes a model to start from. The imagery stays where it is.</source>
        <translation>Abre una campaña sobre imágenes en una carpeta nueva: traza la cuadrícula de teselas y toma un modelo de partida. Las imágenes se quedan donde están.</translation>
    </message>
    <message>
        <source>Imagery</source>
        <translation>Imagen</translation>
    </message>
    <message>
        <source>The georeferenced raster to be mapped, from a file on this computer. The file is not changed.</source>
        <translation>El ráster georreferenciado que se va a cartografiar, desde un archivo de este equipo. El archivo no se modifica.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Carpeta de la campaña</translation>
    </message>
    <message>
        <source>A new or empty folder, which becomes the campaign.</source>
        <translation>Una carpeta nueva o vacía, que se convierte en la campaña.</translation>
    </message>
    <message>
        <source>Area of interest</source>
        <translation>Área de interés</translation>
    </message>
    <message>
        <source>Polygons in any CRS: only tiles that touch them count. Without it, the whole imagery.</source>
        <translation>Polígonos en cualquier SRC: solo cuentan las teselas que los tocan. Si se deja vacío, toda la imagen.</translation>
    </message>
    <message>
        <source>Ground sampling distance in metres</source>
        <translation>Resolución sobre el terreno en metros</translation>
    </message>
    <message>
        <source>How much ground a pixel covers when the model looks at it. Without it, that of the imagery.</source>
        <translation>Cuánto terreno cubre un píxel cuando el modelo lo mira. Si se deja vacío, la de la imagen.</translation>
    </message>
    <message>
        <source>Tile size in pixels</source>
        <translation>Tamaño de tesela en píxeles</translation>
    </message>
    <message>
        <source>Side of a tile, a multiple of 32. A tile is what is ranked, and annotated at once.</source>
        <translation>Lado de una tesela, un múltiplo de 32. Una tesela es lo que se clasifica y se anota de una vez.</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Bandas</translation>
    </message>
    <message>
        <source>The bands that the model sees: for buildings red, green and blue. Without it, all of them.</source>
        <translation>Las bandas que ve el modelo: para edificios, rojo, verde y azul. Sin ello, todas.</translation>
    </message>
    <message>
        <source>What is mapped</source>
        <translation>Qué se cartografía</translation>
    </message>
    <message>
        <source>Names of classes with commas between them, for example water,field, or the path of a JSON file with names, colours and rules. Without it, buildings. Anything else starts from a model that has yet to learn it.</source>
        <translation>Nombres de clases separados por comas, por ejemplo water,field, o la ruta de un archivo JSON con nombres, colores y reglas. Sin ello, edificios. Todo lo demás parte de un modelo que aún tiene que aprenderlo.</translation>
    </message>
    <message>
        <source>Model to start from</source>
        <translation>Modelo de partida</translation>
    </message>
    <message>
        <source>The folder of another model version (card.json and weights). Without it, the model that ships.</source>
        <translation>La carpeta de otra versión del modelo (card.json y pesos). Si se deja vacío, el modelo incluido.</translation>
    </message>
    <message>
        <source>Exam tiles</source>
        <translation>Teselas de examen</translation>
    </message>
    <message>
        <source>About how many tiles are set aside to measure every model, 20 or more to decide. Without them those measure it that fine-tuning holds out in turn.</source>
        <translation>Más o menos cuántas teselas se reservan para medir cada modelo, 20 o más para decidir. Sin ellas lo miden las que el ajuste fino reserva por turnos.</translation>
    </message>
    <message>
        <source>Seed of chance</source>
        <translation>Semilla del azar</translation>
    </message>
    <message>
        <source>The same number chooses the same exam tiles again.</source>
        <translation>El mismo número elige de nuevo las mismas teselas de examen.</translation>
    </message>
    <message>
        <source>Number of tiles</source>
        <translation>Número de teselas</translation>
    </message>
    <message>
        <source>Number of exam tiles</source>
        <translation>Número de teselas de examen</translation>
    </message>
    <message>
        <source>A tile size of {pixels} is no multiple of 32. Take 128, 256 or 512.</source>
        <translation>Un tamaño de tesela de {pixels} no es múltiplo de 32. Use 128, 256 o 512.</translation>
    </message>
    <message>
        <source>The model '{version}' was trained on this very imagery, so all its figures here flatter. For a fair measurement start from a version that has not seen it.</source>
        <translation>El modelo «{version}» se entrenó con esta misma imagen, así que todas sus cifras aquí son demasiado buenas. Para una medición justa, parta de una versión que no la haya visto.</translation>
    </message>
    <message>
        <source>The campaign is in {folder}: {tiles} tiles of {metres:.1f} m at {gsd:.3g} m a pixel.</source>
        <translation>La campaña está en {folder}: {tiles} teselas de {metres:.1f} m a {gsd:.3g} m por píxel.</translation>
    </message>
    <message>
        <source>{exam} of them are exam tiles. Annotate those first: they show whether a model is better.</source>
        <translation>{exam} de ellas son teselas de examen. Anótelas primero: muestran si un modelo es mejor.</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Detenido antes del final. Lo terminado se conserva: ejecútelo de nuevo y continuará desde ahí.</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>La carpeta de la campaña, tal como la creó «Nueva campaña».</translation>
    </message>
</context>
<context>
    <name>NewCampaign</name>
    <message>
        <source>New campaign</source>
        <translation>Nueva campaña</translation>
    </message>
    <message>
        <source>The aerial or satellite image that is to be mapped</source>
        <translation>La imagen aérea o de satélite que se va a cartografiar</translation>
    </message>
    <message>
        <source>the whole image</source>
        <translation>toda la imagen</translation>
    </message>
    <message>
        <source>Polygons that limit the campaign; without them the whole image is taken</source>
        <translation>Polígonos que limitan la campaña; sin ellos se toma toda la imagen</translation>
    </message>
    <message>
        <source>A new folder: labels, model versions and scores of the campaign go there</source>
        <translation>Una carpeta nueva: ahí van las anotaciones, las versiones del modelo y las prioridades de la campaña</translation>
    </message>
    <message>
        <source>Start without scores</source>
        <translation>Empezar sin prioridades</translation>
    </message>
    <message>
        <source>Start and score</source>
        <translation>Empezar y priorizar</translation>
    </message>
    <message>
        <source>Make the campaign and find out which tiles to annotate first</source>
        <translation>Crear la campaña y averiguar qué teselas anotar primero</translation>
    </message>
    <message>
        <source>Add your imagery to the map first: Layer &gt; Add Layer &gt; Add Raster Layer.</source>
        <translation>Añada primero su imagen al mapa: Capa &gt; Añadir capa &gt; Añadir capa ráster.</translation>
    </message>
    <message>
        <source>This imagery is online and has no end: choose an area of interest.</source>
        <translation>Esta imagen está en línea y no tiene fin: elija un área de interés.</translation>
    </message>
    <message>
        <source>Choose a folder for the campaign.</source>
        <translation>Elija una carpeta para la campaña.</translation>
    </message>
    <message>
        <source>About {tiles} tiles of {metres:.0f} m on a side.</source>
        <translation>Unas {tiles} teselas de {metres:.0f} m de lado.</translation>
    </message>
    <message>
        <source>Imagery</source>
        <translation>Imagen</translation>
    </message>
    <message>
        <source>Area of interest</source>
        <translation>Área de interés</translation>
    </message>
    <message>
        <source>Folder of the campaign</source>
        <translation>Carpeta de la campaña</translation>
    </message>
    <message>
        <source>Tiles and exam</source>
        <translation>Teselas y examen</translation>
    </message>
    <message>
        <source> m</source>
        <translation> m</translation>
    </message>
    <message>
        <source>Ground metres a pixel at which the model looks; as in the imagery, or coarser</source>
        <translation>Metros de terreno por píxel con los que mira el modelo; como en la imagen, o más grueso</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Pixels on a side of a tile: what one person annotates in a few minutes</source>
        <translation>Píxeles por lado de tesela: lo que una persona anota en unos minutos</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>Tiles set aside to measure every version of the model, 20 or more to decide. Without them those measure it that fine-tuning holds out in turn.</source>
        <translation>Teselas que se reservan para medir cada versión del modelo, 20 o más para decidir. Sin ellas la miden las que el ajuste fino reserva por turnos.</translation>
    </message>
    <message>
        <source>Pixel</source>
        <translation>Píxel</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>Tesela</translation>
    </message>
    <message>
        <source>Exam tiles</source>
        <translation>Teselas de examen</translation>
    </message>
</context>
<context>
    <name>NextTiles</name>
    <message>
        <source>Next tiles</source>
        <translation>Siguientes teselas</translation>
    </message>
    <message>
        <source>Annotation</source>
        <translation>Anotación</translation>
    </message>
    <message>
        <source>queue,rank,priority,round</source>
        <translation>cola,rango,prioridad,ronda</translation>
    </message>
    <message>
        <source>Lists the tiles that are worth most to annotate next, best first, each with the reason.</source>
        <translation>Lista las teselas que más conviene anotar a continuación, las mejores primero, cada una con su motivo.</translation>
    </message>
    <message>
        <source>Number of tiles</source>
        <translation>Número de teselas</translation>
    </message>
    <message>
        <source>How many tiles to list at most. Without it, 10, or all exam tiles.</source>
        <translation>Cuántas teselas listar como máximo. Si se deja vacío, 10, o todas las teselas de examen.</translation>
    </message>
    <message>
        <source>Exam tiles</source>
        <translation>Teselas de examen</translation>
    </message>
    <message>
        <source>List the exam tiles that still need labels instead. They measure every model.</source>
        <translation>Listar en su lugar las teselas de examen que faltan por anotar. Miden cada modelo.</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Lista</translation>
    </message>
    <message>
        <source>HTML files (*.html)</source>
        <translation>Archivos HTML (*.html)</translation>
    </message>
    <message>
        <source>Where to save the list as a page to read or to print.</source>
        <translation>Dónde guardar la lista como página para leer o imprimir.</translation>
    </message>
    <message>
        <source>List for other programs</source>
        <translation>Lista para otros programas</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation>Archivos JSON (*.json)</translation>
    </message>
    <message>
        <source>Where to save the list as JSON, with everything that is known of each tile and its bounds.</source>
        <translation>Dónde guardar la lista como JSON, con todo lo que se sabe de cada tesela y sus límites.</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Capa</translation>
    </message>
    <message>
        <source>Where to save the squares of these tiles as a layer of their own, for example to hand out.</source>
        <translation>Dónde guardar los cuadrados de estas teselas como capa aparte, por ejemplo para repartirlos.</translation>
    </message>
    <message>
        <source>Number of tiles listed</source>
        <translation>Número de teselas listadas</translation>
    </message>
    <message>
        <source>Ids of the tiles, separated by commas</source>
        <translation>Identificadores de las teselas, separados por comas</translation>
    </message>
    <message>
        <source>No tile waits for labels there.</source>
        <translation>Ninguna tesela espera anotación ahí.</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rango</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>Tesela</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Prioridad</translation>
    </message>
    <message>
        <source>Predicted IoU</source>
        <translation>IoU prevista</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Exam tiles to annotate</source>
        <translation>Teselas de examen por anotar</translation>
    </message>
    <message>
        <source>Tiles to annotate next</source>
        <translation>Teselas por anotar a continuación</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Detenido antes del final. Lo terminado se conserva: ejecútelo de nuevo y continuará desde ahí.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Carpeta de la campaña</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>La carpeta de la campaña, tal como la creó «Nueva campaña».</translation>
    </message>
</context>
<context>
    <name>OnlineReading</name>
    <message>
        <source>The server of the imagery does not answer as it should: {trouble}. Check the network and try again: what was read is kept.</source>
        <translation>El servidor de la imagen no responde como debería: {trouble}. Compruebe la red e inténtelo de nuevo: lo leído se conserva.</translation>
    </message>
    <message>
        <source>The server has no picture of this area at this GSD, or gives you none. Look at the layer there on the map, then choose a coarser GSD or another area.</source>
        <translation>El servidor no tiene imagen de esta área con esta resolución, o no se la da. Mire la capa en ese lugar del mapa, y elija una resolución más gruesa u otra área.</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>sin respuesta a tiempo</translation>
    </message>
    <message>
        <source>The imagery cannot be saved ({error}). Choose a folder on a disk with room that you can write to.</source>
        <translation>La imagen no se puede guardar ({error}). Elija una carpeta en la que pueda escribir, en un disco con espacio.</translation>
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
        <translation>automático</translation>
    </message>
    <message>
        <source>Annotator</source>
        <translation>Anotador</translation>
    </message>
    <message>
        <source>The name that is kept with every label that you draw.</source>
        <translation>El nombre que se guarda con cada anotación que usted dibuja.</translation>
    </message>
    <message>
        <source>Smallest draft</source>
        <translation>Borrador mínimo</translation>
    </message>
    <message>
        <source>Outlines that the model proposes are left out where they are smaller.</source>
        <translation>Los contornos que propone el modelo se dejan fuera si son más pequeños.</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>Hilos del procesador</translation>
    </message>
    <message>
        <source>For the model. Automatic leaves one core free, so that QGIS stays quick.</source>
        <translation>Para el modelo. Automático deja un núcleo libre, para que QGIS siga siendo ágil.</translation>
    </message>
</context>
<context>
    <name>Predict</name>
    <message>
        <source>Predict footprints</source>
        <translation>Predecir huellas</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>buildings,segmentation,polygons,result</source>
        <translation>edificios,segmentación,polígonos,resultado</translation>
    </message>
    <message>
        <source>Draws the footprints of the whole area: those of people in the tiles that they finished and wherever they drew, elsewhere those that a model version sees, seamless across tiles, each with its confidence and the version. The model's are proposals: they never become labels by themselves.</source>
        <translation>Dibuja las huellas de toda el área: las de las personas en las teselas que terminaron y dondequiera que dibujaron; en lo demás, las que ve una versión del modelo, sin cortes entre teselas, cada una con su confianza y la versión. Las del modelo son propuestas: nunca se convierten en anotaciones por sí solas.</translation>
    </message>
    <message>
        <source>Model version</source>
        <translation>Versión del modelo</translation>
    </message>
    <message>
        <source>The version that draws, as 'Versions' lists it. Without it, the active one.</source>
        <translation>La versión que dibuja, tal como la lista «Versiones». Si se deja vacío, la activa.</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Área</translation>
    </message>
    <message>
        <source>Polygons in any CRS: only footprints that touch them are drawn. Without it, the whole campaign.</source>
        <translation>Polígonos en cualquier SRC: solo se dibujan las huellas que los tocan. Si se deja vacío, toda la campaña.</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Umbral</translation>
    </message>
    <message>
        <source>From which probability on a pixel shows a class: lower finds more, higher draws fewer false ones.</source>
        <translation>Desde qué probabilidad muestra un píxel una clase: más baja encuentra más, más alta dibuja menos falsas.</translation>
    </message>
    <message>
        <source>Smallest footprint in m²</source>
        <translation>Huella mínima en m²</translation>
    </message>
    <message>
        <source>Smaller footprints of the model are left out. Without it, as their class says: 4 for buildings.</source>
        <translation>Las huellas del modelo más pequeñas se dejan fuera. Sin ello, como diga su clase: 4 para edificios.</translation>
    </message>
    <message>
        <source>Footprints</source>
        <translation>Huellas</translation>
    </message>
    <message>
        <source>Where to save them: GeoPackage in the CRS of the campaign, or GeoJSON in longitude and latitude. An earlier result there is replaced; other layers of a GeoPackage stay, and what people drew is never written over.</source>
        <translation>Dónde guardarlas: GeoPackage en el SRC de la campaña, o GeoJSON en longitud y latitud. Un resultado anterior en ese lugar se reemplaza; las demás capas de un GeoPackage se conservan, y lo que dibujaron las personas nunca se sobrescribe.</translation>
    </message>
    <message>
        <source>Raster of classes</source>
        <translation>Ráster de clases</translation>
    </message>
    <message>
        <source>Where to save the class of every pixel as well, as GeoTIFF, with a style of the same name.</source>
        <translation>Dónde guardar también la clase de cada píxel, como GeoTIFF, con un estilo del mismo nombre.</translation>
    </message>
    <message>
        <source>Number of footprints</source>
        <translation>Número de huellas</translation>
    </message>
    <message>
        <source>Footprints that people drew or accepted</source>
        <translation>Huellas que dibujaron o aceptaron personas</translation>
    </message>
    <message>
        <source>Footprints of the model</source>
        <translation>Huellas del modelo</translation>
    </message>
    <message>
        <source>{footprints} footprints in {path}: {people} that people drew or accepted, {model} by version {version}.</source>
        <translation>{footprints} huellas en {path}: {people} dibujadas o aceptadas por personas, {model} por la versión {version}.</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Detenido antes del final. Lo terminado se conserva: ejecútelo de nuevo y continuará desde ahí.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Carpeta de la campaña</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>La carpeta de la campaña, tal como la creó «Nueva campaña».</translation>
    </message>
</context>
<context>
    <name>PredictPanel</name>
    <message>
        <source>Show the file's folder</source>
        <translation>Mostrar la carpeta del archivo</translation>
    </message>
    <message>
        <source>Open the folder in the file manager, to hand the file on</source>
        <translation>Abrir la carpeta en el gestor de archivos, para entregar el archivo</translation>
    </message>
    <message>
        <source>Replace the file</source>
        <translation>Reemplazar el archivo</translation>
    </message>
    <message>
        <source>The file is there already: its footprints are lost, also what was corrected in them</source>
        <translation>El archivo ya existe: sus huellas se perderán, también lo que se corrigió en ellas</translation>
    </message>
    <message>
        <source>Predict footprints</source>
        <translation>Predecir huellas</translation>
    </message>
    <message>
        <source>Draw all that the active version sees where people have not drawn</source>
        <translation>Dibujar todo lo que ve la versión activa donde nadie ha dibujado</translation>
    </message>
    <message>
        <source>{n} footprints are on the map and in {file}: {people} that people drew or accepted, {model} by version {version}.</source>
        <translation>{n} huellas están en el mapa y en {file}: {people} dibujadas o aceptadas por personas, {model} por la versión {version}.</translation>
    </message>
    <message>
        <source>Let the model draw</source>
        <translation>Dejar que el modelo dibuje</translation>
    </message>
    <message>
        <source>Footprints for the whole area: people's where they drew or looked, the model's elsewhere, each with its confidence. They never become labels by themselves.</source>
        <translation>Huellas para toda el área: las de las personas donde dibujaron o revisaron, las del modelo en lo demás, cada una con su confianza. Nunca se convierten en anotaciones por sí solas.</translation>
    </message>
    <message>
        <source>the whole campaign</source>
        <translation>toda la campaña</translation>
    </message>
    <message>
        <source>Polygons in which to draw; of a layer with a selection only what is selected</source>
        <translation>Polígonos en los que dibujar; de una capa con selección, solo lo seleccionado</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg);;GeoJSON (*.geojson)</source>
        <translation>GeoPackage (*.gpkg);;GeoJSON (*.geojson)</translation>
    </message>
    <message>
        <source>The file of footprints; a new name is proposed each time</source>
        <translation>El archivo de huellas; cada vez se propone un nombre nuevo</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Dónde</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
</context>
<context>
    <name>Quality</name>
    <message>
        <source>Quality of the map</source>
        <translation>Calidad del mapa</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>accuracy,IoU,estimate,interval,area,measure</source>
        <translation>exactitud,IoU,estimación,intervalo,superficie,medida</translation>
    </message>
    <message>
        <source>Estimates how good the finished map is now: what people annotated, and what the active version shows elsewhere. The tiles that were drawn by lot (strategy map-gain) measure it; no exam tiles are needed.</source>
        <translation>Estima la calidad actual del mapa terminado: lo que anotaron las personas y, en el resto, lo que muestra la versión activa. Lo miden las teselas sorteadas (estrategia map-gain); no hacen falta teselas de examen.</translation>
    </message>
    <message>
        <source>Enough below, in percent</source>
        <translation>Basta por debajo de, en porcentaje</translation>
    </message>
    <message>
        <source>It is enough where ten more minutes should make less than so much more of the map right.</source>
        <translation>Basta cuando diez minutos más harían correcta menos que esta parte del mapa.</translation>
    </message>
    <message>
        <source>IoU of the map</source>
        <translation>IoU del mapa</translation>
    </message>
    <message>
        <source>Lower bound of the IoU</source>
        <translation>Límite inferior del IoU</translation>
    </message>
    <message>
        <source>Upper bound of the IoU</source>
        <translation>Límite superior del IoU</translation>
    </message>
    <message>
        <source>Mapped area in square metres</source>
        <translation>Superficie cartografiada en metros cuadrados</translation>
    </message>
    <message>
        <source>F1 of the map's footprints</source>
        <translation>F1 de las huellas del mapa</translation>
    </message>
    <message>
        <source>Lower bound of that F1</source>
        <translation>Límite inferior de ese F1</translation>
    </message>
    <message>
        <source>Upper bound of that F1</source>
        <translation>Límite superior de ese F1</translation>
    </message>
    <message>
        <source>Number of footprints</source>
        <translation>Número de huellas</translation>
    </message>
    <message>
        <source>Lower bound of that number</source>
        <translation>Límite inferior de ese número</translation>
    </message>
    <message>
        <source>Upper bound of that number</source>
        <translation>Límite superior de ese número</translation>
    </message>
    <message>
        <source>Whether it is enough</source>
        <translation>Si ya basta</translation>
    </message>
    <message>
        <source>Tiles that measure the map</source>
        <translation>Teselas que miden el mapa</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Detenido antes del final. Lo terminado se conserva: ejecútelo de nuevo y continuará desde ahí.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Carpeta de la campaña</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>La carpeta de la campaña, tal como la creó «Nueva campaña».</translation>
    </message>
</context>
<context>
    <name>Score</name>
    <message>
        <source>Score tiles</source>
        <translation>Priorizar teselas</translation>
    </message>
    <message>
        <source>Annotation</source>
        <translation>Anotación</translation>
    </message>
    <message>
        <source>heatmap,priority,active learning,rank,uncertainty</source>
        <translation>mapa de calor,prioridad,aprendizaje activo,rango,incertidumbre</translation>
    </message>
    <message>
        <source>Says of every tile how much annotating it is worth, to the map and to the model, and why: as priority, rank and reason in the tiles layer, and as a heatmap. Only tiles that the active version has not seen yet are computed.</source>
        <translation>Dice de cada tesela cuánto vale anotarla, para el mapa y para el modelo, y por qué: como prioridad, rango y motivo en la capa de teselas, y como mapa de calor. Solo se calculan las teselas que la versión activa aún no ha visto.</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Estrategia</translation>
    </message>
    <message>
        <source>How tiles are ranked. Automatic: half a round from the tiles that are expected to mend and to teach most by the minute, the other half drawn by lot, so that the same tiles tell how good the map is (map-gain).</source>
        <translation>Cómo se ordenan las teselas. Automático: media ronda con las teselas que más deberían corregir y enseñar por minuto, la otra media por sorteo, para que las mismas teselas digan qué tan bueno es el mapa (map-gain).</translation>
    </message>
    <message>
        <source>Tiles of the next round</source>
        <translation>Teselas de la próxima ronda</translation>
    </message>
    <message>
        <source>So many tiles are chosen as a set, not one by one: annotate that many before you score again.</source>
        <translation>Esa cantidad de teselas se elige como conjunto, no una a una: anote esa cantidad antes de volver a priorizar.</translation>
    </message>
    <message>
        <source>Picture of the heatmap</source>
        <translation>Imagen del mapa de calor</translation>
    </message>
    <message>
        <source>PNG files (*.png)</source>
        <translation>Archivos PNG (*.png)</translation>
    </message>
    <message>
        <source>Where to save the heatmap over the imagery, with a legend, for a report or a message to the team.</source>
        <translation>Dónde guardar el mapa de calor sobre la imagen, con leyenda, para un informe o un mensaje al equipo.</translation>
    </message>
    <message>
        <source>Bands that the picture shows</source>
        <translation>Bandas que muestra la imagen</translation>
    </message>
    <message>
        <source>By number or name, for example 4,3,2. Without them true colour, where the raster names its bands.</source>
        <translation>Por número o nombre, por ejemplo 4,3,2. Si no, en color natural, cuando el ráster nombra sus bandas.</translation>
    </message>
    <message>
        <source>Seed of chance</source>
        <translation>Semilla del azar</translation>
    </message>
    <message>
        <source>The same number gives the same ranking again.</source>
        <translation>El mismo número da de nuevo la misma clasificación.</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>Teselas</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>Mapa de calor</translation>
    </message>
    <message>
        <source>Model version</source>
        <translation>Versión del modelo</translation>
    </message>
    <message>
        <source>Strategy used</source>
        <translation>Estrategia utilizada</translation>
    </message>
    <message>
        <source>Number of tiles with a score</source>
        <translation>Número de teselas con prioridad</translation>
    </message>
    <message>
        <source>Number of tiles computed now</source>
        <translation>Número de teselas calculadas ahora</translation>
    </message>
    <message>
        <source>Number of tiles without a picture</source>
        <translation>Número de teselas sin imagen</translation>
    </message>
    <message>
        <source>{tiles} tiles, {new} of them computed now by version {version}, in {seconds:.0f} s.</source>
        <translation>{tiles} teselas, {new} de ellas calculadas ahora por la versión {version}, en {seconds:.0f} s.</translation>
    </message>
    <message>
        <source>{bad} tiles hold no picture and are left out (bad imagery).</source>
        <translation>{bad} teselas no tienen imagen y se dejan fuera (imagen inservible).</translation>
    </message>
    <message>
        <source>Strategy: {strategy}.</source>
        <translation>Estrategia: {strategy}.</translation>
    </message>
    <message>
        <source>The predicted IoU is off by {mae:.2f} on average, measured on {labels} annotated tiles; rank correlation {rho:.2f}.</source>
        <translation>La IoU prevista se desvía {mae:.2f} de media, medido en {labels} teselas anotadas; correlación de rango {rho:.2f}.</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Detenido antes del final. Lo terminado se conserva: ejecútelo de nuevo y continuará desde ahí.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Carpeta de la campaña</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>La carpeta de la campaña, tal como la creó «Nueva campaña».</translation>
    </message>
</context>
<context>
    <name>ScorePanel</name>
    <message>
        <source>Annotate the first tile</source>
        <translation>Anotar la primera tesela</translation>
    </message>
    <message>
        <source>Zoom to the tile that is worth most, and draw there</source>
        <translation>Acercarse a la tesela que más vale, y dibujar allí</translation>
    </message>
    <message>
        <source>Look at every tile, those on the map first, and paint where to annotate next</source>
        <translation>Mirar cada tesela, primero las del mapa, y pintar dónde anotar a continuación</translation>
    </message>
    <message>
        <source>How strongly the heatmap covers the imagery</source>
        <translation>Con qué fuerza cubre la imagen el mapa de calor</translation>
    </message>
    <message>
        <source>{tiles} tiles scored with {version} in {time}.</source>
        <translation>{tiles} teselas evaluadas con {version} en {time}.</translation>
    </message>
    <message>
        <source>{bad} have no picture and are left out.</source>
        <translation>{bad} no tienen imagen y se dejan fuera.</translation>
    </message>
    <message>
        <source>Bright tiles are worth most.</source>
        <translation>Las teselas claras son las que más valen.</translation>
    </message>
    <message>
        <source>What to annotate next</source>
        <translation>Qué anotar a continuación</translation>
    </message>
    <message>
        <source>The rule by which tiles are ranked</source>
        <translation>La regla con la que se clasifican las teselas</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automático</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Priorizar</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Estrategia</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>Mapa de calor</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Opacidad</translation>
    </message>
</context>
<context>
    <name>ScoringLayer</name>
    <message>
        <source>Scoring</source>
        <translation>Priorización</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>The tile on the map is not finished: it does not count in this fine-tuning.</source>
        <translation>La tesela del mapa no está terminada: no cuenta en este afinado.</translation>
    </message>
    <message>
        <source>Start or open a campaign first.</source>
        <translation>Empiece o abra primero una campaña.</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>You have imagery, and something to map on it: buildings, water, land cover. Tile Triage finds the tiles where your work teaches the model most, then lets the model draw the rest.</source>
        <translation>Tiene una imagen y algo que cartografiar en ella: edificios, agua, cobertura del suelo. Tile Triage encuentra las teselas donde su trabajo enseña más al modelo, y después deja que el modelo dibuje el resto.</translation>
    </message>
    <message>
        <source>Take the campaign off the map; nothing is lost, open it again at any time</source>
        <translation>Quitar la campaña del mapa; no se pierde nada, ábrala de nuevo cuando quiera</translation>
    </message>
    <message>
        <source>Choose the folder of a campaign that was made earlier, here or by somebody else</source>
        <translation>Elegir la carpeta de una campaña creada antes, aquí o por otra persona</translation>
    </message>
    <message>
        <source>Earlier campaign</source>
        <translation>Campaña anterior</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Abrir una carpeta…</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Mostrar la carpeta</translation>
    </message>
    <message>
        <source>Open the campaign's folder in the file manager, for example to back it up</source>
        <translation>Abrir la carpeta de la campaña en el gestor de archivos, por ejemplo para hacer una copia de seguridad</translation>
    </message>
    <message>
        <source>Close the campaign</source>
        <translation>Cerrar la campaña</translation>
    </message>
    <message>
        <source>Open the campaign in {folder}</source>
        <translation>Abrir la campaña en {folder}</translation>
    </message>
    <message>
        <source>Folder of a campaign</source>
        <translation>Carpeta de una campaña</translation>
    </message>
</context>
<context>
    <name>ThisComputer</name>
    <message>
        <source>This computer</source>
        <translation>Este equipo</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>aún no medida</translation>
    </message>
    <message>
        <source>Measure speed</source>
        <translation>Medir la velocidad</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copiar el comando</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Copiar diagnóstico</translation>
    </message>
    <message>
        <source>Copy what is known of this computer and campaign, to ask somebody for help</source>
        <translation>Copiar lo que se sabe de este equipo y de la campaña, para pedir ayuda a alguien</translation>
    </message>
    <message>
        <source>Copy the line that installs what is missing</source>
        <translation>Copiar la línea que instala lo que falta</translation>
    </message>
    <message>
        <source>Python packages: all here</source>
        <translation>Paquetes de Python: completos</translation>
    </message>
    <message>
        <source>Speed: {speed}</source>
        <translation>Velocidad: {speed}</translation>
    </message>
    <message>
        <source>Python packages are missing.</source>
        <translation>Faltan paquetes de Python.</translation>
    </message>
    <message>
        <source>Try the model on five tiles and see how many it manages in a second</source>
        <translation>Probar el modelo con cinco teselas y ver cuántas procesa por segundo</translation>
    </message>
    <message>
        <source>Base model: here</source>
        <translation>Modelo base: disponible</translation>
    </message>
    <message>
        <source>Base model: missing. Install the plugin again.</source>
        <translation>Modelo base: falta. Instale de nuevo el complemento.</translation>
    </message>
    <message>
        <source>Disk: {free:.0f} GB free</source>
        <translation>Disco: {free:.0f} GB libres</translation>
    </message>
    <message>
        <source>Disk: only {free:.1f} GB free</source>
        <translation>Disco: solo {free:.1f} GB libres</translation>
    </message>
</context>
<context>
    <name>TileEditor</name>
    <message>
        <source>{n} selected footprints are {name} now. Ctrl+Z takes it back.</source>
        <translation>{n} huellas seleccionadas son ahora de la clase {name}. Ctrl+Z lo deshace.</translation>
    </message>
    <message>
        <source>This is the only tile that waits.</source>
        <translation>Es la única tesela que espera.</translation>
    </message>
    <message>
        <source>There is no tile before this one in this session.</source>
        <translation>No hay ninguna tesela antes de esta en esta sesión.</translation>
    </message>
    <message>
        <source>Click on the drafts that are right. Esc, or a right click, ends it.</source>
        <translation>Haga clic en los borradores que sean correctos. Esc, o un clic derecho, lo termina.</translation>
    </message>
    <message>
        <source>Take a tile first: press Next tile.</source>
        <translation>Tome primero una tesela: pulse Siguiente tesela.</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparar</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Conservar ambas</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Recortar</translation>
    </message>
    <message>
        <source>Tile {tile} is not on the map any more: go back to it first.</source>
        <translation>La tesela {tile} ya no está en el mapa: vuelva primero a ella.</translation>
    </message>
    <message>
        <source>The tile is off the map. What was drawn is kept: take it again with Next tile.</source>
        <translation>La tesela ya no está en el mapa. Lo dibujado se conserva: tómela de nuevo con Siguiente tesela.</translation>
    </message>
    <message>
        <source>An outline is half drawn. A right click on the map ends it, Esc throws it away.</source>
        <translation>Un contorno está a medio dibujar. Un clic derecho en el mapa lo termina, Esc lo descarta.</translation>
    </message>
    <message>
        <source>There is no draft under the mouse.</source>
        <translation>No hay ningún borrador bajo el ratón.</translation>
    </message>
    <message>
        <source>The layer with your drawing is back: it belongs to the tile. Finish the tile and it is emptied.</source>
        <translation>La capa con su dibujo ha vuelto: pertenece a la tesela. Termine la tesela y se vaciará.</translation>
    </message>
    <message>
        <source>Nothing is drawn on this tile. Accept the drafts, draw what it shows, or finish it as empty where there is nothing to map.</source>
        <translation>No hay nada dibujado en esta tesela. Acepte los borradores, dibuje lo que muestra, o termínela como vacía si no hay nada que cartografiar.</translation>
    </message>
    <message>
        <source>{n} footprints are on this tile, so it is not empty. Finish it as done, or delete them first.</source>
        <translation>Hay {n} huellas en esta tesela, así que no está vacía. Márquela como terminada, o bórrelas primero.</translation>
    </message>
    <message>
        <source>All exam tiles are annotated: the exam is ready.</source>
        <translation>Todas las teselas de examen están anotadas: el examen está listo.</translation>
    </message>
    <message>
        <source>Every tile is annotated or skipped: nothing is left to annotate.</source>
        <translation>Todas las teselas están anotadas u omitidas: no queda nada por anotar.</translation>
    </message>
</context>
<context>
    <name>TileTriage</name>
    <message>
        <source>Tile Triage panel</source>
        <translation>Panel de Tile Triage</translation>
    </message>
    <message>
        <source>Tile Triage: which tiles of your imagery to annotate next</source>
        <translation>Tile Triage: qué teselas de su imagen anotar a continuación</translation>
    </message>
    <message>
        <source>Tile Triage guide</source>
        <translation>Guía de Tile Triage</translation>
    </message>
</context>
<context>
    <name>TileTriageDock</name>
    <message>
        <source>No campaign</source>
        <translation>Sin campaña</translation>
    </message>
    <message>
        <source>Show the whole campaign on the map</source>
        <translation>Mostrar toda la campaña en el mapa</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>Begin or open a campaign</source>
        <translation>Empezar o abrir una campaña</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Priorizar</translation>
    </message>
    <message>
        <source>Find out which tiles to annotate next</source>
        <translation>Averiguar qué teselas anotar a continuación</translation>
    </message>
    <message>
        <source>Annotate</source>
        <translation>Anotar</translation>
    </message>
    <message>
        <source>Draw what one tile after the other shows</source>
        <translation>Dibujar lo que muestran las teselas, una tras otra</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Entrenar</translation>
    </message>
    <message>
        <source>Let the model learn from the tiles that you have annotated</source>
        <translation>Dejar que el modelo aprenda de las teselas que usted ha anotado</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>Predecir</translation>
    </message>
    <message>
        <source>Let the model draw the rest</source>
        <translation>Dejar que el modelo dibuje el resto</translation>
    </message>
    <message>
        <source>Read the guide: one short page for each step</source>
        <translation>Leer la guía: una página breve para cada paso</translation>
    </message>
</context>
<context>
    <name>TrainPanel</name>
    <message>
        <source>epoch</source>
        <translation>época</translation>
    </message>
    <message>
        <source>annotated tiles</source>
        <translation>teselas anotadas</translation>
    </message>
    <message>
        <source>After each fine-tuning a point shows what your work brought.</source>
        <translation>Tras cada afinado, un punto muestra lo que aportó su trabajo.</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>minutos</translation>
    </message>
    <message>
        <source>After each scoring a point shows how good the map is.</source>
        <translation>Después de cada priorización un punto muestra qué tan bueno es el mapa.</translation>
    </message>
    <message>
        <source>Estimate from the tiles drawn by lot how much of the finished map is right</source>
        <translation>Estimar, por las teselas sorteadas, qué parte del mapa terminado es correcta</translation>
    </message>
    <message>
        <source>Make a new version of the model from all annotated tiles; you can go on annotating meanwhile</source>
        <translation>Crear una nueva versión del modelo a partir de todas las teselas anotadas; mientras tanto puede seguir anotando</translation>
    </message>
    <message>
        <source>No exam tile is annotated yet: a new version is judged by tiles that are held out in turn.</source>
        <translation>Aún no hay ninguna tesela de examen anotada: una versión nueva la juzgan teselas reservadas por turnos.</translation>
    </message>
    <message>
        <source>Annotate a few tiles first: the model learns from them.</source>
        <translation>Anote primero algunas teselas: el modelo aprende de ellas.</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>pérdida</translation>
    </message>
    <message>
        <source>exam IoU</source>
        <translation>IoU en el examen</translation>
    </message>
    <message>
        <source>IoU of the map</source>
        <translation>IoU del mapa</translation>
    </message>
    <message>
        <source>Let the model learn</source>
        <translation>Dejar que el modelo aprenda</translation>
    </message>
    <message>
        <source>Which part of the model learns</source>
        <translation>Qué parte del modelo aprende</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Como máximo</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>Afinar</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Método</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>Training ends after this time, or earlier when it brings nothing more</source>
        <translation>El entrenamiento termina tras este tiempo, o antes si ya no aporta nada</translation>
    </message>
    <message>
        <source>What your work has brought</source>
        <translation>Lo que ha aportado su trabajo</translation>
    </message>
    <message>
        <source>How good is the map?</source>
        <translation>¿Qué calidad tiene el mapa?</translation>
    </message>
    <message>
        <source>Enough below</source>
        <translation>Basta por debajo de</translation>
    </message>
    <message>
        <source>Where ten more minutes should make less than so much of the map right, it is enough</source>
        <translation>Cuando diez minutos más harían correcta menos que esta parte del mapa, basta</translation>
    </message>
</context>
<context>
    <name>VersionModel</name>
    <message>
        <source>Version</source>
        <translation>Versión</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>Teselas</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Where a version comes from is in its tooltip</source>
        <translation>El origen de una versión está en su descripción emergente</translation>
    </message>
    <message>
        <source>Annotated tiles that it has learned from</source>
        <translation>Teselas anotadas de las que ha aprendido</translation>
    </message>
    <message>
        <source>Overlap of what it draws with what people drew on the exam tiles: 1 is perfect</source>
        <translation>Coincidencia de lo que dibuja con lo que se dibujó en las teselas de examen: 1 es perfecto</translation>
    </message>
    <message>
        <source>The active version scores, drafts and predicts; parked ones can take its place at any time</source>
        <translation>La versión activa prioriza, hace borradores y predice; las apartadas pueden ocupar su lugar en cualquier momento</translation>
    </message>
    <message>
        <source>active</source>
        <translation>activa</translation>
    </message>
    <message>
        <source>parked</source>
        <translation>apartada</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>dañada</translation>
    </message>
    <message>
        <source>made from {parent}, {created}</source>
        <translation>procede de {parent}, {created}</translation>
    </message>
</context>
<context>
    <name>Versions</name>
    <message>
        <source>Versions: list and activate</source>
        <translation>Versiones: listar y activar</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Campaña</translation>
    </message>
    <message>
        <source>model,roll back,activate,parked</source>
        <translation>modelo,volver atrás,activar,apartada</translation>
    </message>
    <message>
        <source>Lists the model versions of a campaign with the IoU that they were judged by, and makes one of them the active version where you name it: to roll back to an earlier one, or to take one that was parked.</source>
        <translation>Enumera las versiones del modelo de una campaña con el IoU que las juzgó, y activa la que usted nombre: para volver a una anterior, o para tomar una apartada.</translation>
    </message>
    <message>
        <source>Version to activate</source>
        <translation>Versión que se activa</translation>
    </message>
    <message>
        <source>The version that scores, predicts and is fine-tuned from now on. Without it, nothing changes.</source>
        <translation>La versión que prioriza, predice y se afina de ahora en adelante. Si se deja vacío, nada cambia.</translation>
    </message>
    <message>
        <source>Active version</source>
        <translation>Versión activa</translation>
    </message>
    <message>
        <source>All versions, separated by commas</source>
        <translation>Todas las versiones, separadas por comas</translation>
    </message>
    <message>
        <source>{version} is damaged: {problem}</source>
        <translation>{version} está dañada: {problem}</translation>
    </message>
    <message>
        <source>active</source>
        <translation>activa</translation>
    </message>
    <message>
        <source>IoU on the exam tiles {iou:.3f}</source>
        <translation>IoU en las teselas de examen {iou:.3f}</translation>
    </message>
    <message>
        <source>IoU on tiles held out in turn {iou:.3f}</source>
        <translation>IoU en las teselas reservadas por turnos {iou:.3f}</translation>
    </message>
    <message>
        <source>from {parent}, {method}</source>
        <translation>procede de {parent}, {method}</translation>
    </message>
    <message>
        <source>made {created}</source>
        <translation>creada el {created}</translation>
    </message>
    <message>
        <source>Stopped before the end. What was finished is kept: run it again and it goes on from there.</source>
        <translation>Detenido antes del final. Lo terminado se conserva: ejecútelo de nuevo y continuará desde ahí.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Carpeta de la campaña</translation>
    </message>
    <message>
        <source>The folder of the campaign, as 'New campaign' has made it.</source>
        <translation>La carpeta de la campaña, tal como la creó «Nueva campaña».</translation>
    </message>
</context>
<context>
    <name>VersionsGroup</name>
    <message>
        <source>Model versions</source>
        <translation>Versiones del modelo</translation>
    </message>
    <message>
        <source>Activate</source>
        <translation>Activar</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Take in an adapter…</source>
        <translation>Incorporar un adaptador…</translation>
    </message>
    <message>
        <source>This version is active already.</source>
        <translation>Esta versión ya está activa.</translation>
    </message>
    <message>
        <source>Let the model work with this version from now on, for example to go back to an earlier one</source>
        <translation>Hacer que el modelo trabaje desde ahora con esta versión, por ejemplo para volver a una anterior</translation>
    </message>
    <message>
        <source>Save a copy of this version, to take it to another computer</source>
        <translation>Guardar una copia de esta versión, para llevarla a otro equipo</translation>
    </message>
    <message>
        <source>Take in an adapter (.ttadapter) from another campaign; you can also drop the file here</source>
        <translation>Incorporar un adaptador (.ttadapter) de otra campaña; también puede soltar el archivo aquí</translation>
    </message>
    <message>
        <source>Click on a version in the table first.</source>
        <translation>Haga clic primero en una versión de la tabla.</translation>
    </message>
    <message>
        <source>Where to save the version</source>
        <translation>Dónde guardar la versión</translation>
    </message>
    <message>
        <source>Adapter to take in</source>
        <translation>Adaptador que incorporar</translation>
    </message>
    <message>
        <source>Adapters (*{suffix})</source>
        <translation>Adaptadores (*{suffix})</translation>
    </message>
</context>
<context>
    <name>WhatToMap</name>
    <message>
        <source>Names with commas between them, for example water, or building, road, tree; or the path of a JSON file with names, colours and rules. The model that ships knows buildings; anything else it learns from the tiles that you annotate. With the path of an adapter (.ttadapter) the campaign begins with what that knows.</source>
        <translation>Nombres separados por comas, por ejemplo agua, o edificio, calle, árbol; o la ruta de un archivo JSON con nombres, colores y reglas. El modelo incluido conoce los edificios; todo lo demás lo aprende de las teselas que usted anota. Con la ruta de un adaptador (.ttadapter), la campaña empieza con lo que este sabe.</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Bandas</translation>
    </message>
    <message>
        <source>The bands of the imagery in which the model looks</source>
        <translation>Las bandas de la imagen que mira el modelo</translation>
    </message>
    <message>
        <source>What to map</source>
        <translation>Qué cartografiar</translation>
    </message>
    <message>
        <source>The adapter looks in {n} bands ({names}): choose these, in this order.</source>
        <translation>El adaptador mira en {n} bandas ({names}): elíjalas, en este orden.</translation>
    </message>
    <message>
        <source>Choose the bands in which the model shall look.</source>
        <translation>Elija las bandas que debe mirar el modelo.</translation>
    </message>
</context>
<context>
    <name>WorkBar</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>This ends by itself in a moment.</source>
        <translation>Esto termina solo en un momento.</translation>
    </message>
    <message>
        <source>Stop; what is finished is kept, and the next time it goes on from there</source>
        <translation>Detener; lo terminado se conserva, y la próxima vez continúa desde ahí</translation>
    </message>
    <message>
        <source>It stops after the step that it is at.</source>
        <translation>Se detiene tras el paso en curso.</translation>
    </message>
</context>
<context>
    <name>WorkQueue</name>
    <message>
        <source>{work} is running: wait for it or cancel it.</source>
        <translation>{work} está en curso: espere a que termine o cancélelo.</translation>
    </message>
    <message>
        <source>Something went wrong that should not: {error}</source>
        <translation>Algo salió mal y no debería: {error}</translation>
    </message>
</context>
<context>
    <name>area_of_interest</name>
    <message>
        <source>The area of interest '{name}' does not fit into the CRS of the imagery ({crs}). Check the CRS of both layers.</source>
        <translation>El área de interés «{name}» no cabe en el SRC de la imagen ({crs}). Compruebe el SRC de ambas capas.</translation>
    </message>
    <message>
        <source>The area of interest cannot be saved in {folder}: {text}. Choose a folder that you can write to.</source>
        <translation>El área de interés no se puede guardar en {folder}: {text}. Elija una carpeta en la que pueda escribir.</translation>
    </message>
    <message>
        <source>The area of interest '{name}' holds no polygon. Draw one around what is to be mapped, or choose another layer.</source>
        <translation>El área de interés «{name}» no contiene ningún polígono. Dibuje uno alrededor de lo que se va a cartografiar, o elija otra capa.</translation>
    </message>
    <message>
        <source>The area of interest '{name}' has no CRS. Set it: right-click the layer &gt; Layer CRS &gt; Set Layer CRS.</source>
        <translation>El área de interés «{name}» no tiene SRC. Defínalo: clic derecho en la capa &gt; SRC de la capa &gt; Establecer SRC de la capa.</translation>
    </message>
</context>
<context>
    <name>choices</name>
    <message>
        <source>Half a round from the tiles that should mend and teach most by the minute, the other half drawn by lot, so that the same tiles tell how good the map is (map-gain).</source>
        <translation>Media ronda con las teselas que más deberían corregir y enseñar por minuto, la otra media por sorteo, para que las mismas teselas digan qué tan bueno es el mapa (map-gain).</translation>
    </message>
    <message>
        <source>Draws tiles by lot, by what they are expected to mend on the map and to teach, by the minute.</source>
        <translation>Sortea teselas según lo que se espera que corrijan en el mapa y enseñen al modelo, por minuto.</translation>
    </message>
    <message>
        <source>Takes half a round from tiles that show something unsure, and half that looks like the whole area.</source>
        <translation>Toma media ronda de teselas que muestran algo dudoso, y la otra media parecida a toda la zona.</translation>
    </message>
    <message>
        <source>Groups the tiles that the model is least sure of by their looks and takes a typical one of each.</source>
        <translation>Agrupa por su aspecto las teselas de las que el modelo está menos seguro y toma una típica de cada grupo.</translation>
    </message>
    <message>
        <source>Takes, one by one, the tile with a low expected IoU that is least like the labelled ones.</source>
        <translation>Toma, una a una, la tesela con IoU esperada baja que menos se parece a las anotadas.</translation>
    </message>
    <message>
        <source>Groups the tiles by their looks and takes the one with the lowest expected IoU in each.</source>
        <translation>Agrupa las teselas por su aspecto y toma de cada grupo la de menor IoU esperada.</translation>
    </message>
    <message>
        <source>Takes a set of different tiles that together look like the whole area (ActiveFT).</source>
        <translation>Toma un conjunto de teselas distintas que juntas se parecen a toda el área (ActiveFT).</translation>
    </message>
    <message>
        <source>ActiveFT with the loss printed in the paper instead of that of its released code.</source>
        <translation>ActiveFT con la pérdida impresa en el artículo en lugar de la del código publicado.</translation>
    </message>
    <message>
        <source>Takes the tiles whose pixels the model is least sure of.</source>
        <translation>Toma las teselas de cuyos píxeles el modelo está menos seguro.</translation>
    </message>
    <message>
        <source>Takes the tiles whose probabilities are closest to one half.</source>
        <translation>Toma las teselas cuyas probabilidades están más cerca de un medio.</translation>
    </message>
    <message>
        <source>Takes, one by one, the tile least like all tiles taken before.</source>
        <translation>Toma, una a una, la tesela menos parecida a todas las tomadas antes.</translation>
    </message>
    <message>
        <source>Groups the tiles by their looks and takes the most typical one of each.</source>
        <translation>Agrupa las teselas por su aspecto y toma la más típica de cada grupo.</translation>
    </message>
    <message>
        <source>Draws tiles by chance: the yardstick for all others.</source>
        <translation>Sortea las teselas al azar: la referencia para todas las demás.</translation>
    </message>
    <message>
        <source>The whole network learns: usually the better one for buildings.</source>
        <translation>Aprende toda la red: por lo general lo mejor para edificios.</translation>
    </message>
    <message>
        <source>Only the second half of the network learns: faster, and it forgets less. From nothing it learns a flood as well as full: F1 0.91 and 0.92 with 5 and 20 tiles, full 0.90 and 0.92.</source>
        <translation>Solo aprende la segunda mitad de la red: más rápido, y olvida menos. Desde cero aprende una inundación tan bien como full: F1 0,91 y 0,92 con 5 y 20 teselas, full 0,90 y 0,92.</translation>
    </message>
    <message>
        <source>The second half learns, and small adapters beside the first: one file of 2 MB for other campaigns. On a flood as good as full: F1 0.90 and 0.92 with 5 and 20 tiles. It needs the package peft.</source>
        <translation>Aprende la segunda mitad, y pequeños adaptadores junto a la primera: un solo archivo de 2 MB para otras campañas. En una inundación tan bueno como full: F1 0,90 y 0,92 con 5 y 20 teselas. Necesita el paquete peft.</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>'{folder}' holds no version of the model. Restore the campaign from a copy, or begin a new one.</source>
        <translation>'{folder}' no contiene ninguna versión del modelo. Restaure la campaña desde una copia, o comience una nueva.</translation>
    </message>
    <message>
        <source>'{journal}' was not left by Tile Triage: it would have the file '{name}' deleted. Nothing was opened. Take the campaign from its source again, without that file.</source>
        <translation>«{journal}» no lo dejó Tile Triage: haría borrar el archivo «{name}». No se abrió nada. Tome de nuevo la campaña de su origen, sin ese archivo.</translation>
    </message>
    <message>
        <source>'{name}' is no name for a version. Take {wanted}.</source>
        <translation>«{name}» no es un nombre de versión. Tome {wanted}.</translation>
    </message>
    <message>
        <source>'{name}', which {value} shall mean, is no class of this campaign. Name one of {classes}, or {background} or {unlabelled}.</source>
        <translation>«{name}», lo que debe significar {value}, no es una clase de esta campaña. Nombre una de {classes}, o bien {background} o {unlabelled}.</translation>
    </message>
    <message>
        <source>'{order}' is no order of the classes of this campaign. Name each once, the first on top: {classes}.</source>
        <translation>«{order}» no es un orden de las clases de esta campaña. Nombre cada una una vez, la primera encima: {classes}.</translation>
    </message>
    <message>
        <source>'{path}' belongs to the campaign in {folder}: labels and models live there, and nothing else is written over them. Choose another name.</source>
        <translation>«{path}» pertenece a la campaña de {folder}: ahí están las anotaciones y los modelos, y nada más se escribe encima de ellos. Elija otro nombre.</translation>
    </message>
    <message>
        <source>'{path}' cannot be read: {error}. Export it again as GeoPackage or GeoJSON.</source>
        <translation>«{path}» no se puede leer: {error}. Expórtelo de nuevo como GeoPackage o GeoJSON.</translation>
    </message>
    <message>
        <source>'{path}' cannot be replaced ({error}): another program has it open, or it is not yours to write. Remove its layer in QGIS, or close that program, and try again; the old file is still there.</source>
        <translation>«{path}» no se puede reemplazar ({error}): otro programa lo tiene abierto, o usted no tiene permiso para escribirlo. Quite su capa en QGIS, o cierre ese programa, e inténtelo de nuevo; el archivo anterior sigue ahí.</translation>
    </message>
    <message>
        <source>'{path}' cannot be written ({error}). Free some space, or choose a folder open to you.</source>
        <translation>«{path}» no se puede escribir ({error}). Libere espacio, o elija una carpeta en la que pueda escribir.</translation>
    </message>
    <message>
        <source>'{path}' cannot be written: there is no folder {folder}. Choose a folder that is yours and has room.</source>
        <translation>«{path}» no se puede escribir: no existe la carpeta {folder}. Elija una carpeta en la que pueda escribir, en un disco con espacio.</translation>
    </message>
    <message>
        <source>'{path}' cannot be written: {error}. Choose a folder that exists, is yours to write and has free space.</source>
        <translation>«{path}» no se puede escribir: {error}. Elija una carpeta que exista y en la que pueda escribir, en un disco con espacio.</translation>
    </message>
    <message>
        <source>'{path}' cannot be written: {error}. Choose a folder that is yours and has room.</source>
        <translation>«{path}» no se puede escribir: {error}. Elija una carpeta en la que pueda escribir, en un disco con espacio.</translation>
    </message>
    <message>
        <source>'{path}' could not be opened. Check that it is there and that its folder is yours to write.</source>
        <translation>«{path}» no se pudo abrir. Compruebe que está ahí y que puede escribir en su carpeta.</translation>
    </message>
    <message>
        <source>'{path}' could not be read or written: {error}. Check the free space and the disk, or move the campaign to a local disk; nothing was changed.</source>
        <translation>«{path}» no se pudo leer o escribir: {error}. Compruebe el espacio libre y el disco, o mueva la campaña a un disco local; no se ha cambiado nada.</translation>
    </message>
    <message>
        <source>'{path}' does not exist. Name a GeoPackage, GeoJSON or Shapefile with footprints.</source>
        <translation>«{path}» no existe. Indique un GeoPackage, GeoJSON o Shapefile con huellas.</translation>
    </message>
    <message>
        <source>'{path}' does not exist. Put the campaign back, open another one, or make a new one.</source>
        <translation>«{path}» no existe. Devuelva la campaña a su sitio, abra otra o cree una nueva.</translation>
    </message>
    <message>
        <source>'{path}' does not lie on the imagery. In the CRS of the campaign it spans x {left:.0f} to {right:.0f}, y {bottom:.0f} to {top:.0f}, the imagery x {west:.0f} to {east:.0f}, y {south:.0f} to {north:.0f}. Check its CRS, or take the raster of this place.</source>
        <translation>«{path}» no está sobre la imagen. En el SRC de la campaña abarca x {left:.0f} a {right:.0f}, y {bottom:.0f} a {top:.0f}; la imagen, x {west:.0f} a {east:.0f}, y {south:.0f} a {north:.0f}. Compruebe su SRC, o tome el ráster de este lugar.</translation>
    </message>
    <message>
        <source>'{path}' does not name classes: {error}. Give a list like this: {example}</source>
        <translation>«{path}» no nombra clases: {error}. Dé una lista como esta: {example}</translation>
    </message>
    <message>
        <source>'{path}' does not say its CRS. Assign the right one, in QGIS: Raster &gt; Projections &gt; Assign Projection.</source>
        <translation>«{path}» no indica su SRC. Asigne el correcto, en QGIS: Ráster &gt; Proyecciones &gt; Asignar proyección.</translation>
    </message>
    <message>
        <source>'{path}' does not say its CRS. Set it in QGIS (right-click the layer &gt; Layer CRS), then export it again.</source>
        <translation>«{path}» no indica su SRC. Defínalo en QGIS (clic derecho en la capa &gt; SRC de la capa) y exporte la capa de nuevo.</translation>
    </message>
    <message>
        <source>'{path}' exists already. Open that campaign, or choose another folder.</source>
        <translation>«{path}» ya existe. Abra esa campaña, o elija otra carpeta.</translation>
    </message>
    <message>
        <source>'{path}' has a broken outline that is not repaired (feature {feature}): it crosses itself more than {most} times, or has more than {rings} rings. Delete it, or draw it anew.</source>
        <translation>'{path}' tiene un contorno defectuoso que no se repara (objeto {feature}): se cruza más de {most} veces, o tiene más de {rings} anillos. Elimínelo, o dibújelo de nuevo.</translation>
    </message>
    <message>
        <source>'{path}' has a {kind} of its own, {name}, which could change labels without being seen. Nothing was opened. Take the campaign from its source again, or drop the {kind} if it is yours.</source>
        <translation>«{path}» tiene un {kind} ajeno, {name}, que podría cambiar anotaciones sin que se vea. No se abrió nada. Tome de nuevo la campaña de su origen, o elimine ese {kind} si es suyo.</translation>
    </message>
    <message>
        <source>'{path}' has footprints of ground that nobody has looked at: only a label raster can say so. Leave out the tiles on which they lie.</source>
        <translation>«{path}» tiene huellas de un terreno que nadie ha mirado: solo un ráster de etiquetas puede decirlo. Deje fuera las teselas en las que están.</translation>
    </message>
    <message>
        <source>'{path}' has more than {most} values, so it is no raster of classes. Take the labels, not the imagery.</source>
        <translation>«{path}» tiene más de {most} valores, así que no es un ráster de clases. Tome las etiquetas, no la imagen.</translation>
    </message>
    <message>
        <source>'{path}' has no field '{field}'. Choose one of its fields: {fields}.</source>
        <translation>«{path}» no tiene un campo «{field}». Elija uno de sus campos: {fields}.</translation>
    </message>
    <message>
        <source>'{path}' has no value on a part of {unknown} of the {tiles} chosen tiles: {named}. Leave them out, or say what the missing values mean; nothing was changed.</source>
        <translation>«{path}» no tiene valor en una parte de {unknown} de las {tiles} teselas elegidas: {named}. Déjelas fuera, o diga qué significan los valores que faltan; no se ha cambiado nada.</translation>
    </message>
    <message>
        <source>'{path}' has values that are no class of this campaign ({classes}): {values}. Say what they mean, with the option class-values, for example {example}.</source>
        <translation>«{path}» tiene valores que no son una clase de esta campaña ({classes}): {values}. Diga qué significan, con la opción class-values, por ejemplo {example}.</translation>
    </message>
    <message>
        <source>'{path}' has {bands} bands of {dtype}. A label raster has one band of whole numbers, the classes: convert it with gdal_translate -b 1 -ot Byte.</source>
        <translation>«{path}» tiene {bands} bandas de tipo {dtype}. Un ráster de etiquetas tiene una sola banda de números enteros, las clases: conviértalo con gdal_translate -b 1 -ot Byte.</translation>
    </message>
    <message>
        <source>'{path}' has {beyond} footprints with corners that are nowhere on Earth, the first is feature {feature}. Delete them, or draw them anew.</source>
        <translation>«{path}» tiene {beyond} huellas con vértices que no están en ningún lugar de la Tierra; la primera es el objeto {feature}. Bórrelas o dibújelas de nuevo.</translation>
    </message>
    <message>
        <source>'{path}' has {broken} unusable of {footprints} footprints ({named}{more}). Mend them in QGIS (Vector &gt; Geometry Tools &gt; Check Validity), or hand them in with the option repair.</source>
        <translation>«{path}» tiene {broken} huellas inservibles de {footprints} ({named}{more}). Corríjalas en QGIS (Vectorial &gt; Herramientas de geometría &gt; Comprobar validez), o entréguelas con la opción repair.</translation>
    </message>
    <message>
        <source>'{path}' has {unnamed} footprints without a class in the field '{field}', the first is feature {feature}. Fill it in, or delete them.</source>
        <translation>«{path}» tiene {unnamed} huellas sin clase en el campo «{field}»; la primera es la entidad {feature}. Rellénelo, o elimínelas.</translation>
    </message>
    <message>
        <source>'{path}' holds no features. Export the layer again with its footprints.</source>
        <translation>«{path}» no contiene ningún objeto espacial. Exporte de nuevo la capa con sus huellas.</translation>
    </message>
    <message>
        <source>'{path}' holds no layer of polygons. Footprints are polygons: export that layer.</source>
        <translation>«{path}» no contiene ninguna capa de polígonos. Las huellas son polígonos: exporte la capa que las contiene.</translation>
    </message>
    <message>
        <source>'{path}' holds no polygon, even after repair. Export the layer of footprints.</source>
        <translation>«{path}» no contiene ningún polígono, ni siquiera tras la reparación. Exporte la capa de huellas.</translation>
    </message>
    <message>
        <source>'{path}' holds several layers of polygons ({listed}). Export the footprints alone.</source>
        <translation>«{path}» contiene varias capas de polígonos ({listed}). Exporte solo las huellas.</translation>
    </message>
    <message>
        <source>'{path}' is a file with {count} names (hard links): what is written to it would change the others too. Nothing was opened. Copy the campaign's folder, and open the copy.</source>
        <translation>'{path}' es un archivo con {count} nombres (enlaces físicos): lo que se escribe en él cambiaría también los otros. No se abrió nada. Copie la carpeta de la campaña, y abra la copia.</translation>
    </message>
    <message>
        <source>'{path}' is a link or no file, and inside a campaign none is followed. Nothing was opened. Put the file or folder itself there, or delete it.</source>
        <translation>«{path}» es un enlace o no es un archivo, y dentro de una campaña no se sigue ninguno. No se abrió nada. Ponga ahí el propio archivo o carpeta, o bórrelo.</translation>
    </message>
    <message>
        <source>'{path}' is damaged: a row of its table {table} cannot be read ({error}). Restore it from a copy.</source>
        <translation>«{path}» está dañado: una fila de su tabla {table} no se puede leer ({error}). Restáurelo desde una copia.</translation>
    </message>
    <message>
        <source>'{path}' is damaged: its layer footprints has no CRS. Restore it from a copy.</source>
        <translation>«{path}» está dañado: su capa footprints no tiene SRC. Restáurelo desde una copia.</translation>
    </message>
    <message>
        <source>'{path}' is damaged: its setting schema_version is {value}, which is no version. Restore it from a copy.</source>
        <translation>«{path}» está dañado: su ajuste schema_version es {value}, que no es una versión. Restáurelo desde una copia.</translation>
    </message>
    <message>
        <source>'{path}' is damaged: its setting {problem}. Restore it from a copy.</source>
        <translation>«{path}» está dañado: su ajuste {problem}. Restáurelo desde una copia.</translation>
    </message>
    <message>
        <source>'{path}' is damaged: its table {table} lacks {missing}. Restore it from a copy.</source>
        <translation>«{path}» está dañado: a su tabla {table} le falta {missing}. Restáurelo desde una copia.</translation>
    </message>
    <message>
        <source>'{path}' is damaged: {error}. Restore it from a copy.</source>
        <translation>«{path}» está dañado: {error}. Restáurelo a partir de una copia.</translation>
    </message>
    <message>
        <source>'{path}' is in use by another program, which did not let go of it. Save or stop editing its layers in QGIS, or wait for the other command, and try again; nothing was changed.</source>
        <translation>«{path}» está en uso por otro programa, que no lo ha liberado. Guarde sus capas o deje de editarlas en QGIS, o espere a que termine el otro comando, e inténtelo de nuevo; no se ha cambiado nada.</translation>
    </message>
    <message>
        <source>'{path}' is no GeoPackage. Restore it from a copy, or make a new campaign.</source>
        <translation>«{path}» no es un GeoPackage. Restáurelo a partir de una copia, o cree una campaña nueva.</translation>
    </message>
    <message>
        <source>'{path}' is no campaign of Tile Triage. Choose the folder of one, or make a new one.</source>
        <translation>«{path}» no es una campaña de Tile Triage. Elija la carpeta de una campaña, o cree una nueva.</translation>
    </message>
    <message>
        <source>'{path}' is open in another program, which keeps changes in {opened}. Remove its layers in QGIS, or close that program, and try again; or choose another name.</source>
        <translation>«{path}» está abierto en otro programa, que guarda cambios en {opened}. Quite sus capas en QGIS, o cierre ese programa, e inténtelo de nuevo; o elija otro nombre.</translation>
    </message>
    <message>
        <source>'{path}' is read by this very step, so nothing is written over it. Choose another name.</source>
        <translation>«{path}» lo lee este mismo paso, así que no se escribe nada encima. Elija otro nombre.</translation>
    </message>
    <message>
        <source>'{path}' is read-only. Make the file and its folder writable, or copy the campaign to a folder of your own.</source>
        <translation>«{path}» es de solo lectura. Permita escribir en el archivo y en su carpeta, o copie la campaña a una carpeta propia.</translation>
    </message>
    <message>
        <source>'{path}' is there already and was not written by this step, so it is never replaced. Choose another name.</source>
        <translation>«{path}» ya existe y no lo escribió este paso, así que nunca se reemplaza. Elija otro nombre.</translation>
    </message>
    <message>
        <source>'{path}' is there already, and it is no file. Choose another name.</source>
        <translation>«{path}» ya existe, y no es un archivo. Elija otro nombre.</translation>
    </message>
    <message>
        <source>'{path}' is there already. Choose another name, or have it replaced with the option overwrite.</source>
        <translation>«{path}» ya existe. Elija otro nombre, o haga que se reemplace con la opción overwrite.</translation>
    </message>
    <message>
        <source>'{path}' names no format that can be written. Use one of: {formats}.</source>
        <translation>«{path}» no indica ningún formato que se pueda escribir. Use uno de estos: {formats}.</translation>
    </message>
    <message>
        <source>'{path}' was made by a newer Tile Triage (schema {version}, this one knows {newest}). Update Tile Triage and open it again; nothing was changed.</source>
        <translation>«{path}» se creó con un Tile Triage más reciente (esquema {version}, este conoce {newest}). Actualice Tile Triage y ábralo de nuevo; no se ha cambiado nada.</translation>
    </message>
    <message>
        <source>'{text}' does not name classes: {problem}. Give up to {most} different names of letters, digits, spaces and dots, with commas between them, for example water,field.</source>
        <translation>«{text}» no nombra clases: {problem}. Dé como máximo {most} nombres distintos de letras, cifras, espacios y puntos, separados por comas, por ejemplo water,field.</translation>
    </message>
    <message>
        <source>'{text}' does not say what values mean. Give values with their classes, for example 1=water,2=field.</source>
        <translation>«{text}» no dice qué significan los valores. Dé los valores con sus clases, por ejemplo 1=water,2=field.</translation>
    </message>
    <message>
        <source>'{version}' (base {base}) and '{other}' (base {other_base}) do not have the same base, bands and classes, so they have no mean. Name adapters of one base.</source>
        <translation>«{version}» (base {base}) y «{other}» (base {other_base}) no tienen la misma base, las mismas bandas y las mismas clases, así que no tienen media. Nombre adaptadores de una misma base.</translation>
    </message>
    <message>
        <source>'{version}' is an adapter of the base '{base}', and no version here has the encoder of that. Put that base back, or take the adapter to a campaign that began with it.</source>
        <translation>«{version}» es un adaptador de la base «{base}», y ninguna versión de aquí tiene su codificador. Devuelva esa base a su lugar, o lleve el adaptador a una campaña que haya empezado con ella.</translation>
    </message>
    <message>
        <source>A GSD of {gsd:.3g} m cannot be mapped: take one from {finest} to {coarsest} m.</source>
        <translation>Con una resolución de {gsd:.3g} m no se puede mapear: tome una de {finest} a {coarsest} m.</translation>
    </message>
    <message>
        <source>A campaign that starts blank has to know what it maps. Name its classes, for example water (option classes).</source>
        <translation>Una campaña que parte de cero tiene que saber qué cartografía. Nombre sus clases, por ejemplo water (opción classes).</translation>
    </message>
    <message>
        <source>A footprint on tile {tile} is of the class '{found}', and this campaign maps {classes}. Set its field class to one of these, in the layer footprints of {path}.</source>
        <translation>Una huella en la tesela {tile} es de la clase «{found}», y esta campaña cartografía {classes}. Ponga en su campo class una de estas, en la capa footprints de {path}.</translation>
    </message>
    <message>
        <source>A pixel of {name} would be {gsd:.3g} m on the ground; {finest} to {coarsest} m can be mapped. Is {crs} really its CRS? Assign the right one in QGIS: Raster &gt; Projections &gt; Assign Projection.</source>
        <translation>Un píxel de {name} mediría {gsd:.3g} m en el terreno; se puede mapear de {finest} a {coarsest} m. ¿Es {crs} realmente su SRC? Asigne el correcto en QGIS: Ráster &gt; Proyecciones &gt; Asignar proyección.</translation>
    </message>
    <message>
        <source>Another Tile Triage is working on {folder}. Wait until it has finished, or cancel it there.</source>
        <translation>Otro Tile Triage está trabajando en {folder}. Espere a que termine, o cancélelo allí.</translation>
    </message>
    <message>
        <source>Every tile is annotated, skipped or without a picture: nothing is left to rank. Draw the finished map (predict), or make a campaign of other imagery.</source>
        <translation>Todas las teselas están anotadas, omitidas o sin imagen: no queda nada por ordenar. Dibuje el mapa terminado (predict), o cree una campaña con otras imágenes.</translation>
    </message>
    <message>
        <source>Footprints of {one} and of {other} lie on the same ground, at x {x:.1f}, y {y:.1f} and {more} more places. Take the one off the other, or have the lower one cut (of a file: option class-order).</source>
        <translation>Hay huellas de {one} y de {other} sobre el mismo suelo, en x {x:.1f}, y {y:.1f} y en {more} lugares más. Quite la una de la otra, o haga recortar la de abajo (en un archivo: opción class-order).</translation>
    </message>
    <message>
        <source>Footprints without a class: {without}. Choose one of {classes} for each of them.</source>
        <translation>Huellas sin clase: {without}. Elija una de {classes} para cada una.</translation>
    </message>
    <message>
        <source>No exam tile is annotated yet, so nothing can be measured. Annotate the exam tiles first.</source>
        <translation>Aún no hay ninguna tesela de examen anotada, así que no se puede medir nada. Anote primero las teselas de examen.</translation>
    </message>
    <message>
        <source>No tile has a rank yet. Score the campaign first.</source>
        <translation>Ninguna tesela tiene rango todavía. Priorice primero las teselas de la campaña.</translation>
    </message>
    <message>
        <source>No tile is annotated yet. Annotate some of the next tiles first.</source>
        <translation>Aún no hay ninguna tesela anotada. Anote primero algunas de las siguientes teselas.</translation>
    </message>
    <message>
        <source>No tile waits for labels there. Name other tiles, or see by 'next' which ones wait.</source>
        <translation>Ninguna tesela espera anotación ahí. Nombre otras teselas, o vea con 'next' cuáles esperan.</translation>
    </message>
    <message>
        <source>None of the {footprints} footprints of '{path}' lies on the imagery. In {crs} they span {drawn}, the imagery {imagery}. Wrong CRS? Set the CRS in which the file was really drawn (QGIS: right-click the layer &gt; Layer CRS), then export it again.</source>
        <translation>Ninguna de las {footprints} huellas de «{path}» está sobre la imagen. En {crs} abarcan {drawn}, la imagen {imagery}. ¿SRC equivocado? Defina el SRC en el que se dibujó realmente el archivo (QGIS: clic derecho en la capa &gt; SRC de la capa) y expórtelo de nuevo.</translation>
    </message>
    <message>
        <source>None of the {tiles} chosen tiles has a footprint in the file: {named}. Where somebody has looked at them and there is nothing to map, say so (option empty), or say where the footprints are complete (option complete-in); nothing was changed.</source>
        <translation>Ninguna de las {tiles} teselas elegidas tiene una huella en el archivo: {named}. Si alguien las ha mirado y no hay nada que cartografiar, dígalo (opción empty), o diga dónde están completas las huellas (opción complete-in); no se ha cambiado nada.</translation>
    </message>
    <message>
        <source>Nothing is left after the repair: the footprints have no area. Draw them anew.</source>
        <translation>No queda nada tras la reparación: las huellas no tienen superficie. Dibújelas de nuevo.</translation>
    </message>
    <message>
        <source>Nothing would be left of {gone} footprints, so much of another class lies on them. Delete them, or take the others off them.</source>
        <translation>No quedaría nada de {gone} huellas, tanto las cubre otra clase. Bórrelas, o quite lo que las cubre.</translation>
    </message>
    <message>
        <source>Outlines outside the tile: {outside}. Delete them, or move them onto it; one that reaches over the edge is fine.</source>
        <translation>Contornos fuera de la tesela: {outside}. Bórrelos, o muévalos a ella; si uno sobresale del borde, no importa.</translation>
    </message>
    <message>
        <source>Outlines that cross themselves: {broken} ({reason}). Move the corners apart, or have them repaired.</source>
        <translation>Contornos que se cruzan: {broken} ({reason}). Separe los vértices, o haga reparar esos contornos.</translation>
    </message>
    <message>
        <source>The active version has not scored all tiles yet, so what it shows there is not known. Score first.</source>
        <translation>La versión activa aún no ha priorizado todas las teselas, así que no se sabe qué muestra en ellas. Priorice primero.</translation>
    </message>
    <message>
        <source>The adapter '{version}' maps {known}, this campaign {wanted}. Make a new campaign with the adapter to map these.</source>
        <translation>El adaptador «{version}» cartografía {known}, esta campaña {wanted}. Empiece una campaña nueva con el adaptador para cartografiar eso.</translation>
    </message>
    <message>
        <source>The area of interest (x {left:.6g} to {right:.6g}, y {bottom:.6g} to {top:.6g}) lies outside the imagery (x {west:.6g} to {east:.6g}, y {south:.6g} to {north:.6g}). Check its CRS, or draw it anew over the imagery.</source>
        <translation>El área de interés (x de {left:.6g} a {right:.6g}, y de {bottom:.6g} a {top:.6g}) está fuera de la imagen (x de {west:.6g} a {east:.6g}, y de {south:.6g} a {north:.6g}). Compruebe su SRC, o dibújela de nuevo sobre la imagen.</translation>
    </message>
    <message>
        <source>The area of interest lies outside the campaign. Check its CRS, or draw it anew.</source>
        <translation>El área de interés está fuera de la campaña. Compruebe su SRC, o dibújela de nuevo.</translation>
    </message>
    <message>
        <source>The area of interest {path} cannot be read ({error}). Export it again as GeoPackage.</source>
        <translation>El área de interés {path} no se puede leer ({error}). Expórtela de nuevo como GeoPackage.</translation>
    </message>
    <message>
        <source>The area of interest {path} does not say its CRS. Set it in QGIS and export it again.</source>
        <translation>El área de interés {path} no indica su SRC. Defínalo en QGIS y expórtela de nuevo.</translation>
    </message>
    <message>
        <source>The area of interest {path} has {vertices} vertices; {most} can be used. Simplify it in QGIS (Vector &gt; Geometry Tools &gt; Simplify).</source>
        <translation>El área de interés {path} tiene {vertices} vértices; se pueden usar {most}. Simplifíquela en QGIS (Vectorial &gt; Herramientas de geometría &gt; Simplificar).</translation>
    </message>
    <message>
        <source>The area of interest {path} holds no polygon. Draw one around what is to be mapped.</source>
        <translation>El área de interés {path} no contiene ningún polígono. Dibuje uno alrededor de lo que se va a cartografiar.</translation>
    </message>
    <message>
        <source>The area of interest {path} is a table without polygons. Export the layer that has them.</source>
        <translation>El área de interés {path} es una tabla sin polígonos. Exporte la capa que los contiene.</translation>
    </message>
    <message>
        <source>The campaign cannot be made in {folder} ({error}). Choose a folder that you can write to, on a disk with room.</source>
        <translation>La campaña no se puede crear en {folder} ({error}). Elija una carpeta en la que pueda escribir, en un disco con espacio.</translation>
    </message>
    <message>
        <source>The campaign has no tile {tile_id}. Ids look like r003_c012: see the layer 'tiles'.</source>
        <translation>La campaña no tiene ninguna tesela {tile_id}. Los identificadores son como r003_c012: vea la capa de teselas (tiles).</translation>
    </message>
    <message>
        <source>The campaign is damaged: an outline in it cannot be read ({error}). Restore campaign.gpkg from a copy.</source>
        <translation>La campaña está dañada: un contorno que contiene no se puede leer ({error}). Restaure campaign.gpkg desde una copia.</translation>
    </message>
    <message>
        <source>The disk of '{path}' is full. Free some space and try again; nothing was changed.</source>
        <translation>El disco de «{path}» está lleno. Libere espacio e inténtelo de nuevo; no se ha cambiado nada.</translation>
    </message>
    <message>
        <source>The encoder of this model has no layer that the method 'lora' could adapt. Take the method 'full' or 'decoder'.</source>
        <translation>El codificador de este modelo no tiene ninguna capa que el método «lora» pueda adaptar. Tome el método «full» o «decoder».</translation>
    </message>
    <message>
        <source>The grid would have {tiles} tiles ({rows} x {columns}); a campaign has at most {most}. Take a coarser GSD, larger tiles, or a smaller area of interest.</source>
        <translation>La cuadrícula tendría {tiles} teselas ({rows} x {columns}); una campaña tiene como mucho {most}. Tome una resolución más gruesa, teselas mayores o un área de interés menor.</translation>
    </message>
    <message>
        <source>The imagery is gone: {path}. Put it back and try again; nothing is lost.</source>
        <translation>La imagen ha desaparecido: {path}. Devuélvala a su sitio e inténtelo de nuevo; no se pierde nada.</translation>
    </message>
    <message>
        <source>The imagery of this campaign is gone: {known}. Put it back, or copy {name} into {folder}.</source>
        <translation>La imagen de esta campaña ha desaparecido: {known}. Devuélvala a su sitio, o copie {name} en {folder}.</translation>
    </message>
    <message>
        <source>The imagery would lie at x {x:.6g}, y {y:.6g}, which is no place in {crs}. Is that really its CRS? Assign the right one in QGIS: Raster &gt; Projections &gt; Assign Projection.</source>
        <translation>La imagen estaría en x {x:.6g}, y {y:.6g}, que no es ningún lugar en {crs}. ¿Es ese realmente su SRC? Asigne el correcto en QGIS: Ráster &gt; Proyecciones &gt; Asignar proyección.</translation>
    </message>
    <message>
        <source>The method 'lora' needs the Python package peft, which is not installed. Install it (pip install peft), or take the method 'full' or 'decoder'.</source>
        <translation>El método «lora» necesita el paquete de Python peft, que no está instalado. Instálelo (pip install peft), o tome el método «full» o «decoder».</translation>
    </message>
    <message>
        <source>The outlines of the area of interest {path} cross more than {most} times themselves or {together} times each other, or are broken and have more than {rings} rings. Draw one plain outline around what is to be mapped.</source>
        <translation>Los contornos del área de interés {path} se cruzan a sí mismos más de {most} veces o entre sí más de {together} veces, o son defectuosos y tienen más de {rings} anillos. Dibuje un solo contorno sencillo alrededor de lo que hay que cartografiar.</translation>
    </message>
    <message>
        <source>The probabilities cannot be written to {path}. Check that the folder may be written to and that its disk has room.</source>
        <translation>Las probabilidades no se pueden escribir en {path}. Compruebe que se puede escribir en la carpeta y que su disco tiene espacio.</translation>
    </message>
    <message>
        <source>The report cannot be written to {folder}: a report is a folder of files, and '{standing}' is none. Choose another name.</source>
        <translation>El informe no se puede escribir en {folder}: un informe es una carpeta de archivos, y '{standing}' no lo es. Elija otro nombre.</translation>
    </message>
    <message>
        <source>The results {path} cannot be read ({error}). Make them with: tiletriage simulate ... --out {path}</source>
        <translation>Los resultados {path} no se pueden leer ({error}). Créelos con: tiletriage simulate ... --out {path}</translation>
    </message>
    <message>
        <source>The scores in '{path}' are damaged. Delete that file and score again: nothing else is lost.</source>
        <translation>Las puntuaciones en '{path}' están dañadas. Elimine ese archivo y priorice de nuevo: no se pierde nada más.</translation>
    </message>
    <message>
        <source>The start version '{version}' maps {known}, not {classes}. Take '{blank}' to start from, which can learn these.</source>
        <translation>La versión inicial «{version}» cartografía {known}, no {classes}. Tome como inicio «{blank}», que puede aprender estas.</translation>
    </message>
    <message>
        <source>The virtual raster {name} is not read: {why}. Turn it into a plain file: gdal_translate {name} {tif}, or in QGIS: right-click the layer &gt; Export &gt; Save As.</source>
        <translation>El ráster virtual {name} no se lee: {why}. Conviértalo en un archivo normal: gdal_translate {name} {tif}, o en QGIS: clic derecho en la capa &gt; Exportar &gt; Guardar como.</translation>
    </message>
    <message>
        <source>The weights of version {version} are not the ones that its card names (SHA-256 differs): the file is damaged or was exchanged. Copy the version from its source again, or activate another one.</source>
        <translation>Los pesos de la versión {version} no son los que nombra su ficha (el SHA-256 no coincide): el archivo está dañado o se ha cambiado por otro. Copie de nuevo la versión desde su origen, o active otra.</translation>
    </message>
    <message>
        <source>The weights of version {version} are not those of the network on its card ({error}). Take the version from its source again.</source>
        <translation>Los pesos de la versión {version} no son los de la red que describe su ficha ({error}). Obtenga de nuevo la versión desde su origen.</translation>
    </message>
    <message>
        <source>There is a version '{name}' already, and versions never change. Choose another name.</source>
        <translation>Ya hay una versión «{name}», y las versiones nunca cambian. Elija otro nombre.</translation>
    </message>
    <message>
        <source>There is no annotated tile that none of these versions has learnt from. Annotate some more, then compare.</source>
        <translation>No hay ninguna tesela anotada de la que ninguna de estas versiones haya aprendido. Anote algunas más y compare.</translation>
    </message>
    <message>
        <source>There is no version '{version}'. The campaign has: {known}. Name or activate one of these.</source>
        <translation>No hay ninguna versión '{version}'. La campaña tiene: {known}. Nombre o active una de ellas.</translation>
    </message>
    <message>
        <source>This campaign has no exam tiles. Ask 'quality' how good the finished map is by now.</source>
        <translation>Esta campaña no tiene teselas de examen. Pregunte a «quality» qué tan bueno es ya el mapa terminado.</translation>
    </message>
    <message>
        <source>This campaign maps {classes}. Say which field of '{path}' names the class of each footprint, with the option class-field. Its fields: {fields}.</source>
        <translation>Esta campaña cartografía {classes}. Diga qué campo de «{path}» nombra la clase de cada huella, con la opción class-field. Sus campos: {fields}.</translation>
    </message>
    <message>
        <source>Tile {tile} has no picture to draw on (bad imagery). Take another one.</source>
        <translation>La tesela {tile} no tiene imagen sobre la que dibujar (imagen inservible). Tome otra.</translation>
    </message>
    <message>
        <source>Version '{version}' is no adapter, and only these are averaged. Name versions that were made by the method 'lora'.</source>
        <translation>La versión «{version}» no es un adaptador, y solo de estos se hace la media. Nombre versiones hechas con el método «lora».</translation>
    </message>
    <message>
        <source>Version '{version}' is no adapter: it has weights of its own. Fine-tune with the method 'lora' to get an adapter, or export the version as a folder.</source>
        <translation>La versión «{version}» no es un adaptador: tiene pesos propios. Ajuste con el método «lora» para obtener un adaptador, o exporte la versión como carpeta.</translation>
    </message>
    <message>
        <source>Version {version} has lost its {weights}. Copy the folder {folder} from its source again.</source>
        <translation>A la versión {version} le falta {weights}. Copie de nuevo la carpeta {folder} desde su origen.</translation>
    </message>
    <message>
        <source>What the model says of this imagery are no usable numbers: its weights are damaged, or it does not fit the imagery. Activate another version, or copy this one from its source again.</source>
        <translation>Lo que el modelo dice de estas imágenes no son números utilizables: sus pesos están dañados, o no es adecuado para las imágenes. Active otra versión, o copie esta de nuevo desde su origen.</translation>
    </message>
    <message>
        <source>exam</source>
        <translation>examen</translation>
    </message>
    <message>
        <source>{annotator} has finished tile {tile} meanwhile, at {time:%H:%M}. Nothing was changed, and your drawing is kept: keep the footprints of both, or leave the tile.</source>
        <translation>{annotator} ha terminado la tesela {tile} entretanto, a las {time:%H:%M}. No se ha cambiado nada y su dibujo se conserva: conserve las huellas de ambos, o deje la tesela.</translation>
    </message>
    <message>
        <source>{annotator} is working on tile {tile}, until {until:%H:%M} at least. Take another tile.</source>
        <translation>{annotator} está trabajando en la tesela {tile}, al menos hasta las {until:%H:%M}. Tome otra tesela.</translation>
    </message>
    <message>
        <source>{card} cannot be read ({error}). Take the version from its source again.</source>
        <translation>{card} no se puede leer ({error}). Obtenga de nuevo la versión desde su origen.</translation>
    </message>
    <message>
        <source>{folder} cannot be opened in QGIS: there is a '|' or a control character in its name. Choose another one.</source>
        <translation>{folder} no se puede abrir en QGIS: su nombre contiene «|» o un carácter de control. Elija otro.</translation>
    </message>
    <message>
        <source>{folder} cannot be written to ({error}). Make it writable, or copy the campaign.</source>
        <translation>No se puede escribir en {folder} ({error}). Permita escribir en ella, o copie la campaña a otro lugar.</translation>
    </message>
    <message>
        <source>{folder} cannot be written to ({error}). Put the campaign back.</source>
        <translation>No se puede escribir en {folder} ({error}). Devuelva la campaña a su sitio.</translation>
    </message>
    <message>
        <source>{folder} holds no campaign. Choose the folder of one, or make a new campaign.</source>
        <translation>{folder} no contiene ninguna campaña. Elija la carpeta de una campaña, o cree una nueva.</translation>
    </message>
    <message>
        <source>{folder} is no model version: a version is a folder with {weights} and {card}. Name such a folder. Pickled models (.pt, .pth, .ckpt) are refused because opening one can run any code.</source>
        <translation>{folder} no es una versión de modelo: una versión es una carpeta con {weights} y {card}. Indique una carpeta así. Los modelos en pickle (.pt, .pth, .ckpt) se rechazan porque abrir uno puede ejecutar cualquier código.</translation>
    </message>
    <message>
        <source>{folder} is not empty. Choose a new folder: a campaign never overwrites anything.</source>
        <translation>{folder} no está vacía. Elija una carpeta nueva: una campaña nunca sobrescribe nada.</translation>
    </message>
    <message>
        <source>{folder} is taken: versions never change. Choose another name.</source>
        <translation>{folder} ya existe: las versiones nunca cambian. Elija otro nombre.</translation>
    </message>
    <message>
        <source>{name} cannot be opened as a raster ({error}). It may be damaged or incomplete: copy it again, or convert it to GeoTIFF with gdal_translate.</source>
        <translation>{name} no se puede abrir como ráster ({error}). Puede estar dañado o incompleto: cópielo de nuevo, o conviértalo a GeoTIFF con gdal_translate.</translation>
    </message>
    <message>
        <source>{name} cannot be read at pixel {column}, {row} ({error}). The file is damaged or incomplete: copy it again.</source>
        <translation>{name} no se puede leer en el píxel {column}, {row} ({error}). El archivo está dañado o incompleto: cópielo de nuevo.</translation>
    </message>
    <message>
        <source>{name} gives {tiles} tiles, and none is left to train on beside the exam tiles. Ask for fewer exam tiles, or take smaller tiles (tile size 128), a finer GSD or a larger area.</source>
        <translation>{name} da {tiles} teselas, y no queda ninguna para entrenar junto a las teselas de examen. Pida menos teselas de examen, o tome teselas más pequeñas (tamaño 128), un GSD más fino o un área mayor.</translation>
    </message>
    <message>
        <source>{name} has a local coordinate reference system without a place on Earth. Assign the right one in QGIS: Raster &gt; Projections &gt; Assign Projection.</source>
        <translation>{name} tiene un sistema de referencia de coordenadas local, sin posición en la Tierra. Asigne el correcto en QGIS: Ráster &gt; Proyecciones &gt; Asignar proyección.</translation>
    </message>
    <message>
        <source>{name} has no band {band}: its bands are {known}. Choose among these (option bands); for a campaign that has begun, put back the imagery that it began with.</source>
        <translation>{name} no tiene la banda {band}: sus bandas son {known}. Elija entre ellas (opción bands); para una campaña ya comenzada, vuelva a poner las imágenes con las que comenzó.</translation>
    </message>
    <message>
        <source>{name} has no coordinate reference system. Assign the right one, for example with gdal_edit.py -a_srs EPSG:32737, or in QGIS: Raster &gt; Projections &gt; Assign Projection.</source>
        <translation>{name} no tiene sistema de referencia de coordenadas. Asigne el correcto, por ejemplo con gdal_edit.py -a_srs EPSG:32737, o en QGIS: Ráster &gt; Proyecciones &gt; Asignar proyección.</translation>
    </message>
    <message>
        <source>{name} has no georeference. Georeference it first: QGIS, Layer &gt; Georeferencer.</source>
        <translation>{name} no está georreferenciado. Georreferéncielo primero: QGIS, Capa &gt; Georreferenciador.</translation>
    </message>
    <message>
        <source>{name} has {bands} bands, the model '{version}' takes {wanted} ({names}). Name the ones to use, in that order, with the option bands, for example {example}.</source>
        <translation>{name} tiene {bands} bandas; el modelo «{version}» toma {wanted} ({names}). Nombre las que se usarán, en ese orden, con la opción bands, por ejemplo {example}.</translation>
    </message>
    <message>
        <source>{name} has {bands} bands: {known}. Say which ones the model shall see (option bands), for example {example}.</source>
        <translation>{name} tiene {bands} bandas: {known}. Diga cuáles debe ver el modelo (opción bands), por ejemplo {example}.</translation>
    </message>
    <message>
        <source>{name} has {bands} bands; 1 to {most} can be used. Name some (option bands).</source>
        <translation>{name} tiene {bands} bandas; se pueden usar de 1 a {most}. Indique cuáles (opción bands).</translation>
    </message>
    <message>
        <source>{name} has {bands} bands; files of at most {most} are read. Save those that matter as a GeoTIFF.</source>
        <translation>{name} tiene {bands} bandas; se leen archivos de {most} como mucho. Guarde las que importan como GeoTIFF.</translation>
    </message>
    <message>
        <source>{name} holds nothing but no-data here. Choose other imagery or another area.</source>
        <translation>{name} solo contiene aquí píxeles sin datos (NoData). Elija otra imagen u otra área.</translation>
    </message>
    <message>
        <source>{name} in {path} is not the one that was packed (SHA-256 differs): the file is damaged or was exchanged. Ask for it again.</source>
        <translation>{name} en {path} no es el que se empaquetó (el SHA-256 es otro): el archivo está dañado o fue cambiado. Pídalo de nuevo.</translation>
    </message>
    <message>
        <source>{name} is a {format} of {width} x {height} pixels, of which no part can be read alone; {most} in all can be used. Convert it to GeoTIFF: gdal_translate -co TILED=YES.</source>
        <translation>{name} es un {format} de {width} x {height} píxeles, del que ninguna parte se puede leer sola; en total se pueden usar {most}. Conviértalo a GeoTIFF: gdal_translate -co TILED=YES.</translation>
    </message>
    <message>
        <source>{name} is not read as a raster: {why}. If it is damaged, copy it again; else convert it to GeoTIFF with gdal_translate, or in QGIS: right-click the layer &gt; Export &gt; Save As.</source>
        <translation>{name} no se lee como ráster: {why}. Si está dañado, cópielo de nuevo; si no, conviértalo a GeoTIFF con gdal_translate, o en QGIS: clic derecho en la capa &gt; Exportar &gt; Guardar como.</translation>
    </message>
    <message>
        <source>{name} is stored in blocks of {size} MB, which must be unpacked whole; {most} MB can be. Save it in tiles: gdal_translate -co TILED=YES.</source>
        <translation>{name} está guardado en bloques de {size} MB, que hay que descomprimir enteros; se admiten {most} MB. Guárdelo en teselas: gdal_translate -co TILED=YES.</translation>
    </message>
    <message>
        <source>{name} says that it has {width} x {height} pixels; {most} in all can be used. Cut out the part that is to be mapped.</source>
        <translation>{name} dice tener {width} x {height} píxeles; se pueden usar {most} en total. Recorte la parte que se va a mapear.</translation>
    </message>
    <message>
        <source>{name} stores {dtypes}; use one of {supported}: convert it with gdal_translate -ot Float32.</source>
        <translation>{name} contiene valores {dtypes}; use uno de estos tipos: {supported}. Conviértalo con gdal_translate -ot Float32.</translation>
    </message>
    <message>
        <source>{outside} of the {tiles} chosen tiles are not wholly inside {area}, where the footprints are complete: {named}. Leave them out, or widen the area; nothing was changed.</source>
        <translation>{outside} de las {tiles} teselas elegidas no están por entero dentro de {area}, donde las huellas están completas: {named}. Exclúyalas, o amplíe el área; no se ha cambiado nada.</translation>
    </message>
    <message>
        <source>{paths}: no result is in there yet. Make them with: tiletriage simulate ... --out {path}</source>
        <translation>{paths}: todavía no hay resultados. Créelos con: tiletriage simulate ... --out {path}</translation>
    </message>
    <message>
        <source>{path} ends in something that is no result. Give another file, or delete its last line.</source>
        <translation>{path} termina con algo que no es un resultado. Indique otro archivo, o borre su última línea.</translation>
    </message>
    <message>
        <source>{path} has {size} MB; results of at most {most} MB are read. Give files of fewer regions.</source>
        <translation>{path} tiene {size} MB; se leen resultados de {most} MB como máximo. Dé archivos de menos regiones.</translation>
    </message>
    <message>
        <source>{path} has {size} bytes, and at most {most} are read. Take the version from its source again.</source>
        <translation>{path} tiene {size} bytes, y se leen {most} como máximo. Obtenga de nuevo la versión desde su origen.</translation>
    </message>
    <message>
        <source>{path} holds '{name}', which no adapter has, so nothing of it was taken. Ask for the file again, from somebody you know.</source>
        <translation>{path} contiene «{name}», que ningún adaptador tiene, así que no se ha tomado nada de él. Pida el archivo de nuevo, a alguien que conozca.</translation>
    </message>
    <message>
        <source>{path} is a link or no file, and links are not followed. Copy the files themselves into one folder.</source>
        <translation>{path} es un enlace o no es un archivo, y los enlaces no se siguen. Copie los propios archivos en una sola carpeta.</translation>
    </message>
    <message>
        <source>{path} is damaged ({error}). Copy the version from its source again.</source>
        <translation>{path} está dañado ({error}). Copie de nuevo la versión desde su origen.</translation>
    </message>
    <message>
        <source>{path} is no adapter that can be read ({error}). Ask for the file (.ttadapter) again.</source>
        <translation>{path} no es un adaptador que se pueda leer ({error}). Pida de nuevo el archivo (.ttadapter).</translation>
    </message>
    <message>
        <source>{path} is not the imagery of this campaign: its content has changed. Bring the original back, or make a new campaign for the new imagery.</source>
        <translation>{path} no es la imagen de esta campaña: su contenido ha cambiado. Recupere la original, o cree una campaña nueva para la imagen nueva.</translation>
    </message>
    <message>
        <source>{region} has no result of '{random}', with which all strategies are compared. Simulate it too: tiletriage simulate ... --strategies {random}</source>
        <translation>{region} no tiene ningún resultado de la estrategia «{random}», con la que se comparan todas las estrategias. Simúlela también: tiletriage simulate ... --strategies {random}</translation>
    </message>
    <message>
        <source>{region} has {tiles} tiles to annotate, fewer than the budget of {budget}. Take smaller budgets or smaller tiles.</source>
        <translation>{region} tiene {tiles} teselas por anotar, menos que el presupuesto de {budget}. Use presupuestos más pequeños o teselas más pequeñas.</translation>
    </message>
    <message>
        <source>{region} was not measured with {at} tiles by random. Choose --at from {known}.</source>
        <translation>En {region}, la estrategia random no se midió con {at} teselas. Elija --at entre {known}.</translation>
    </message>
    <message>
        <source>{region} was simulated by the protocol '{one}' and {other_region} by '{other}', so their results cannot stand in one report. Make a report of each, or simulate all of them with --protocol {other}.</source>
        <translation>{region} se simuló con el protocolo «{one}» y {other_region} con «{other}», así que sus resultados no pueden figurar en un mismo informe. Haga un informe de cada una, o simule todas con --protocol {other}.</translation>
    </message>
    <message>
        <source>{region} was simulated with different settings, so its results cannot be compared: {setting} is {one} and {other}. Give files of one setting, or another name with --region.</source>
        <translation>Las simulaciones de {region} tienen ajustes distintos, así que sus resultados no se pueden comparar: {setting} es {one} y {other}. Indique archivos con los mismos ajustes, u otro nombre con --region.</translation>
    </message>
    <message>
        <source>{region}: no two budgets were simulated for all strategies yet. Run 'tiletriage simulate' again with the same --budgets for all of them; it goes on where it stopped.</source>
        <translation>{region}: aún no hay dos presupuestos simulados para todas las estrategias. Ejecute de nuevo «tiletriage simulate» con los mismos --budgets para todas; continúa donde se detuvo.</translation>
    </message>
    <message>
        <source>{target} cannot be written ({error}). Choose a folder of yours, on a disk with room.</source>
        <translation>{target} no se puede escribir ({error}). Elija una carpeta en la que pueda escribir, en un disco con espacio.</translation>
    </message>
    <message>
        <source>{target} exists already, and nothing is overwritten. Choose another folder.</source>
        <translation>{target} ya existe, y no se sobrescribe nada. Elija otra carpeta.</translation>
    </message>
    <message>
        <source>{versions} with the shares {shares} have no mean. Name two or more different versions, and for each a share from 0, for example 2,1.</source>
        <translation>{versions} con las partes {shares} no tienen media. Nombre dos o más versiones distintas, y para cada una una parte desde 0, por ejemplo 2,1.</translation>
    </message>
    <message>
        <source>{where} has no usable '{field}'. Is it a file of results? Delete that line and simulate again: only it is computed.</source>
        <translation>{where} no tiene un «{field}» utilizable. ¿Es un archivo de resultados? Borre esa línea y simule de nuevo: solo se calcula ella.</translation>
    </message>
    <message>
        <source>{where} is no JSON. Delete that line and simulate again: only it is computed.</source>
        <translation>{where} no es JSON. Borre esa línea y simule de nuevo: solo se calcula ella.</translation>
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
        <translation>quedan unos {time}</translation>
    </message>
    <message>
        <source>{n} done</source>
        <translation>{n} terminada(s)</translation>
    </message>
    <message>
        <source>{n} empty</source>
        <translation>{n} vacía(s)</translation>
    </message>
    <message>
        <source>{n} skipped</source>
        <translation>{n} omitida(s)</translation>
    </message>
    <message>
        <source>{n} with bad imagery</source>
        <translation>{n} con imagen inservible</translation>
    </message>
    <message>
        <source>{n} waiting</source>
        <translation>{n} en espera</translation>
    </message>
    <message>
        <source>Tiles: {states}</source>
        <translation>Teselas: {states}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>{n} footprints drawn or checked</source>
        <translation>{n} huellas dibujadas o revisadas</translation>
    </message>
    <message>
        <source>{version} is active now: it has learnt something, and {parent} knew nothing.</source>
        <translation>{version} está activa ahora: ha aprendido algo, y {parent} no sabía nada.</translation>
    </message>
    <message>
        <source>{version} is parked: the new tiles are too few or too close together to hold some out, or show nothing of what is mapped, so nobody can say whether it is better than {parent}. Annotate more tiles, then fine-tune again.</source>
        <translation>{version} queda apartada: las teselas nuevas son muy pocas o están muy juntas para reservar algunas, o no muestran nada de lo que se cartografía, así que nadie puede decir si es mejor que {parent}. Anote más teselas y vuelva a entrenar.</translation>
    </message>
    <message>
        <source>{n} exam tiles</source>
        <translation>{n} teselas de examen</translation>
    </message>
    <message>
        <source>{n} tiles held out in turn</source>
        <translation>{n} teselas reservadas por turnos</translation>
    </message>
    <message>
        <source>Better on {better} of {judges}: IoU {before:.2f} → {after:.2f}. {version} is active now. Score again to see where it is still weak.</source>
        <translation>Mejor en {better} de {judges}: IoU {before:.2f} → {after:.2f}. {version} está activa ahora. Priorice de nuevo para ver dónde sigue siendo débil.</translation>
    </message>
    <message>
        <source>Perhaps better (IoU {before:.2f} → {after:.2f}), but {judges} are too few to be sure: annotate at least {missing} more that lie apart from them. Where the campaign is too small for that, compare the drafts of both and activate it by hand. {version} is parked, {parent} stays active.</source>
        <translation>Quizá mejor (IoU {before:.2f} → {after:.2f}), pero {judges} son demasiado pocas para estar seguro: anote al menos {missing} más, alejadas de ellas. Si la campaña es demasiado pequeña para eso, compare los borradores de ambas y actívela a mano. {version} queda apartada, {parent} sigue activa.</translation>
    </message>
    <message>
        <source>Perhaps better, but it may be chance: IoU {before:.2f} → {after:.2f} on {judges}. {version} is parked, {parent} stays active. More annotated tiles help most.</source>
        <translation>Quizá mejor, pero puede ser azar: IoU {before:.2f} → {after:.2f} en {judges}. {version} queda apartada, {parent} sigue activa. Lo que más ayuda es anotar más teselas.</translation>
    </message>
    <message>
        <source>Not better: IoU {before:.2f} → {after:.2f} on {judges}. {version} is parked, {parent} stays active. More annotated tiles help most.</source>
        <translation>No es mejor: IoU {before:.2f} → {after:.2f} en {judges}. {version} queda apartada, {parent} sigue activa. Lo que más ayuda es anotar más teselas.</translation>
    </message>
    <message>
        <source>{name} for {other}</source>
        <translation>{name} por {other}</translation>
    </message>
    <message>
        <source>Most often mistaken: {mistakes}</source>
        <translation>Lo más a menudo confundido: {mistakes}</translation>
    </message>
</context>
<context>
    <name>imagery_layer</name>
    <message>
        <source>'{name}' is online. Choose an area of interest: that part is read first.</source>
        <translation>«{name}» está en línea. Elija un área de interés: primero se lee esa parte.</translation>
    </message>
    <message>
        <source>'{name}' is not a plain file on this computer, and every pixel is looked at many times. Save it as GeoTIFF (right-click the layer &gt; Export &gt; Save As), where its licence allows that, and take that.</source>
        <translation>«{name}» no es un simple archivo de este equipo, y cada píxel se mira muchas veces. Guárdela como GeoTIFF (clic derecho en la capa &gt; Exportar &gt; Guardar como), si su licencia lo permite, y use ese archivo.</translation>
    </message>
    <message>
        <source>The file of '{name}' is gone: {path}. Put it back, or show QGIS its new place: right-click the layer &gt; Change Data Source.</source>
        <translation>El archivo de «{name}» ha desaparecido: {path}. Devuélvalo a su sitio, o muestre a QGIS el nuevo: clic derecho en la capa &gt; Cambiar fuente de datos.</translation>
    </message>
    <message>
        <source>QGIS cannot read {path}: it may be damaged. Copy it again, or take another layer.</source>
        <translation>QGIS no puede leer {path}: puede estar dañado. Cópielo de nuevo, o use otra capa.</translation>
    </message>
    <message>
        <source>The server of '{name}' did not answer. Check the network and its address, then add it again.</source>
        <translation>El servidor de «{name}» no respondió. Compruebe la red y su dirección, y añádala de nuevo.</translation>
    </message>
    <message>
        <source>The file of '{name}' does not say its CRS. Write the right one into it: Raster &gt; Projections &gt; Assign Projection. Then remove the layer and add it again.</source>
        <translation>El archivo de «{name}» no indica su SRC. Escriba en él el correcto: Ráster &gt; Proyecciones &gt; Asignar proyección. Después quite la capa y añádala de nuevo.</translation>
    </message>
    <message>
        <source>'{name}' was set to {crs} by hand, but its file says {in_file}. Write {crs} into the file if that is right (Raster &gt; Projections &gt; Assign Projection), or set the layer back to {in_file}.</source>
        <translation>«{name}» se puso en {crs} a mano, pero su archivo dice {in_file}. Escriba {crs} en el archivo si es lo correcto (Ráster &gt; Proyecciones &gt; Asignar proyección), o devuelva la capa a {in_file}.</translation>
    </message>
    <message>
        <source>The area of interest '{area}' lies outside '{name}'. Check its CRS, or draw it over the imagery.</source>
        <translation>El área de interés «{area}» está fuera de «{name}». Compruebe su SRC, o dibújela sobre la imagen.</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>ranked by an earlier Tile Triage: score again to see why</source>
        <translation>clasificada por un Tile Triage anterior: priorice de nuevo para ver por qué</translation>
    </message>
    <message>
        <source>the model is unsure here (entropy {n})</source>
        <translation>el modelo duda aquí (entropía {n})</translation>
    </message>
    <message>
        <source>the model is unsure here (margin {n})</source>
        <translation>el modelo duda aquí (margen {n})</translation>
    </message>
    <message>
        <source>expected IoU {n}</source>
        <translation>IoU esperada {n}</translation>
    </message>
    <message>
        <source>{n} % of what is probably wrong on the map lies here</source>
        <translation>aquí está el {n} % de lo que probablemente está mal en el mapa</translation>
    </message>
    <message>
        <source>it helps to cover every kind of tile</source>
        <translation>ayuda a cubrir todo tipo de teselas</translation>
    </message>
    <message>
        <source>drawn by chance</source>
        <translation>elegida al azar</translation>
    </message>
    <message>
        <source>nothing is labelled yet</source>
        <translation>aún no hay nada anotado</translation>
    </message>
    <message>
        <source>nothing like it is labelled yet</source>
        <translation>aún no hay ninguna anotada que se le parezca</translation>
    </message>
    <message>
        <source>little like it is labelled yet</source>
        <translation>hay pocas anotadas que se le parezcan</translation>
    </message>
    <message>
        <source>much like it is labelled already</source>
        <translation>ya hay muchas anotadas que se le parecen</translation>
    </message>
    <message>
        <source>mostly {what}</source>
        <translation>sobre todo {what}</translation>
    </message>
    <message>
        <source>{reason}, and {likeness}</source>
        <translation>{reason}, y {likeness}</translation>
    </message>
    <message>
        <source>How good the map is cannot be told yet: {n} of the annotated tiles were drawn by lot, and it takes 5 or more. Annotate all ten tiles of a round before you score again.</source>
        <translation>Aún no se puede decir la calidad del mapa: {n} de las teselas anotadas se sortearon, y hacen falta 5 o más. Anote las diez teselas de una ronda antes de volver a priorizar.</translation>
    </message>
    <message>
        <source>The finished map is right for {iou:.0f} % of the ground with {what} ({low:.0f} to {high:.0f} %), judged by {n} tiles drawn by lot. That ground is {mapped:.2f} ha ({least:.2f} to {most:.2f}); people have checked {checked:.0f} % of it.</source>
        <translation>El mapa terminado acierta en el {iou:.0f} % del suelo con {what} ({low:.0f} a {high:.0f} %), según {n} teselas sorteadas. Ese suelo mide {mapped:.2f} ha ({least:.2f} a {most:.2f}); se ha revisado el {checked:.0f} % de él.</translation>
    </message>
    <message>
        <source>Its footprints and the real ones match with an F1 of {match:.2f} ({low:.2f} to {high:.2f}). There are {n:.0f} ({least:.0f} to {most:.0f}); people have drawn or checked {checked:.0f}.</source>
        <translation>Sus huellas y las reales coinciden con un F1 de {match:.2f} ({low:.2f} a {high:.2f}). Hay {n:.0f} ({least:.0f} a {most:.0f}); se han dibujado o revisado {checked:.0f}.</translation>
    </message>
    <message>
        <source>The next {n} tiles should mend {mends:.0f} % of what is still wrong, in about {minutes:.0f} min.</source>
        <translation>Las próximas {n} teselas deberían corregir el {mends:.0f} % de lo que aún está mal, en unos {minutes:.0f} min.</translation>
    </message>
    <message>
        <source>That is {gain:.1f} % of that ground, less than {enough:g} %: enough. Draw the finished map.</source>
        <translation>Eso es el {gain:.1f} % de ese suelo, menos del {enough:g} %: basta. Dibuje el mapa terminado.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nada</translation>
    </message>
    <message>
        <source>The minutes were enough for {share:.0f} % of the training: give it more.</source>
        <translation>Los minutos alcanzaron para el {share:.0f} % del entrenamiento: déle más.</translation>
    </message>
    <message>
        <source>The model '{version}' has learnt at {finest:.2f} to {coarsest:.2f} m a pixel, and here a pixel has {gsd:.2f} m: it may see little. Begin again with another pixel size, or annotate a few rounds and see.</source>
        <translation>El modelo «{version}» ha aprendido con píxeles de {finest:.2f} a {coarsest:.2f} m, y aquí un píxel mide {gsd:.2f} m: puede que vea poco. Empiece de nuevo con otro tamaño de píxel, o anote unas rondas y vea.</translation>
    </message>
    <message>
        <source>buildings</source>
        <translation>edificios</translation>
    </message>
    <message>
        <source>exam tile: it measures the model and is never trained on</source>
        <translation>tesela de examen: mide el modelo y nunca se usa para entrenar</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>omitida</translation>
    </message>
    <message>
        <source>bad imagery</source>
        <translation>imagen inservible</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminada</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vacía</translation>
    </message>
    <message>
        <source>not scored yet</source>
        <translation>aún sin priorizar</translation>
    </message>
</context>
<context>
    <name>online_parts</name>
    <message>
        <source>'{name}' is online and has no end: choose an area of interest.</source>
        <translation>«{name}» está en línea y no tiene fin: elija un área de interés.</translation>
    </message>
    <message>
        <source>The area is too large to be read online: {n:,.0f} million pixels, at most {most} are possible. Draw a smaller area, or choose a GSD of {gsd:.2f} m or more.</source>
        <translation>El área es demasiado grande para leerla en línea: {n:,.0f} millones de píxeles; como máximo son posibles {most}. Dibuje un área más pequeña, o elija una resolución de {gsd:.2f} m o más.</translation>
    </message>
</context>
<context>
    <name>preconditions</name>
    <message>
        <source>Start or open a campaign first: see the page Start.</source>
        <translation>Empiece o abra primero una campaña: vea la página Inicio.</translation>
    </message>
    <message>
        <source>Take a tile first: press Next tile.</source>
        <translation>Tome primero una tesela: pulse Siguiente tesela.</translation>
    </message>
    <message>
        <source>The model proposes nothing more on this tile.</source>
        <translation>El modelo no propone nada más en esta tesela.</translation>
    </message>
    <message>
        <source>Exam tiles are drawn without the model's help, else it would examine itself.</source>
        <translation>Las teselas de examen se dibujan sin la ayuda del modelo; si no, se examinaría a sí mismo.</translation>
    </message>
    <message>
        <source>{work} is running: wait for it or cancel it.</source>
        <translation>{work} está en curso: espere a que termine o cancélelo.</translation>
    </message>
    <message>
        <source>The model needs {packages}: the page Start says how to install it.</source>
        <translation>El modelo necesita {packages}: la página Inicio dice cómo instalarlo.</translation>
    </message>
</context>
<context>
    <name>requirements</name>
    <message>
        <source>Tile Triage needs Python packages that this QGIS does not have: {missing}.</source>
        <translation>Tile Triage necesita paquetes de Python que este QGIS no tiene: {missing}.</translation>
    </message>
    <message>
        <source>Install them for the Python of QGIS (about 2 GB where torch is among them), then start QGIS again. {place} {command}</source>
        <translation>Instálelos para el Python de QGIS (unos 2 GB si torch es uno de ellos) y reinicie QGIS. {place} {command}</translation>
    </message>
    <message>
        <source>{package} {version} cannot be used: {minimum} or newer is needed, but not {excluded}.</source>
        <translation>{package} {version} no se puede usar: hace falta {minimum} o posterior, pero no {excluded}.</translation>
    </message>
    <message>
        <source>{package} {version} is too old: {minimum} or newer is needed.</source>
        <translation>{package} {version} es demasiado antiguo: hace falta {minimum} o posterior.</translation>
    </message>
    <message>
        <source>In the OSGeo4W Shell, from the start menu, type:</source>
        <translation>En el OSGeo4W Shell, desde el menú Inicio, escriba:</translation>
    </message>
    <message>
        <source>In a terminal, type:</source>
        <translation>En una terminal, escriba:</translation>
    </message>
</context>
<context>
    <name>sources</name>
    <message>
        <source>The layer '{name}' is not read from a file on this computer (its provider is '{provider}'), and the model looks at every pixel many times. Save the part that you want to map as a GeoTIFF (right-click the layer &gt; Export &gt; Save As), where its licence allows that, and take that file.</source>
        <translation>La capa «{name}» no se lee de un archivo de este equipo (su proveedor es «{provider}»), y el modelo mira cada píxel muchas veces. Guarde la parte que quiere cartografiar como GeoTIFF (clic derecho en la capa &gt; Exportar &gt; Guardar como), si su licencia lo permite, y use ese archivo.</translation>
    </message>
</context>
<context>
    <name>styles</name>
    <message>
        <source>the first fifth: annotate first</source>
        <translation>el primer quinto: anotar primero</translation>
    </message>
    <message>
        <source>the second fifth</source>
        <translation>el segundo quinto</translation>
    </message>
    <message>
        <source>the third fifth</source>
        <translation>el tercer quinto</translation>
    </message>
    <message>
        <source>the fourth fifth</source>
        <translation>el cuarto quinto</translation>
    </message>
    <message>
        <source>the last fifth of the queue: can wait</source>
        <translation>el último quinto de la cola: puede esperar</translation>
    </message>
    <message>
        <source>not scored yet</source>
        <translation>aún sin priorizar</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminada</translation>
    </message>
    <message>
        <source>empty: nothing to map there</source>
        <translation>vacía: nada que cartografiar allí</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>omitida</translation>
    </message>
    <message>
        <source>bad imagery</source>
        <translation>imagen inservible</translation>
    </message>
    <message>
        <source>exam tile</source>
        <translation>tesela de examen</translation>
    </message>
    <message>
        <source>exam tile, annotated</source>
        <translation>tesela de examen, anotada</translation>
    </message>
    <message>
        <source>assigned or in progress</source>
        <translation>asignada o en curso</translation>
    </message>
    <message>
        <source>the next 20 tiles</source>
        <translation>las 20 siguientes teselas</translation>
    </message>
    <message>
        <source>border of a tile, seen from close by</source>
        <translation>borde de una tesela, visto de cerca</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>rango</translation>
    </message>
    <message>
        <source>tile</source>
        <translation>tesela</translation>
    </message>
    <message>
        <source>assigned</source>
        <translation>asignada</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>waits to be annotated for the exam</source>
        <translation>espera a ser anotada para el examen</translation>
    </message>
    <message>
        <source>waits to be annotated</source>
        <translation>espera a ser anotada</translation>
    </message>
    <message>
        <source>scored just now: its rank comes when all tiles are scored</source>
        <translation>recién priorizada: su rango llega cuando lo estén todas las teselas</translation>
    </message>
    <message>
        <source>expected IoU</source>
        <translation>IoU esperada</translation>
    </message>
    <message>
        <source>annotated by</source>
        <translation>anotada por</translation>
    </message>
    <message>
        <source>the model is unsure here (entropy {n})</source>
        <translation>el modelo duda aquí (entropía {n})</translation>
    </message>
    <message>
        <source>the model is unsure here (margin {n})</source>
        <translation>el modelo duda aquí (margen {n})</translation>
    </message>
    <message>
        <source>expected IoU {n}</source>
        <translation>IoU esperada {n}</translation>
    </message>
    <message>
        <source>{n} % of what is probably wrong on the map lies here</source>
        <translation>aquí está el {n} % de lo que probablemente está mal en el mapa</translation>
    </message>
    <message>
        <source>it helps to cover every kind of tile</source>
        <translation>ayuda a cubrir todo tipo de teselas</translation>
    </message>
    <message>
        <source>drawn by chance</source>
        <translation>elegida al azar</translation>
    </message>
    <message>
        <source>nothing is labelled yet</source>
        <translation>aún no hay nada anotado</translation>
    </message>
    <message>
        <source>nothing like it is labelled yet</source>
        <translation>aún no hay ninguna anotada que se le parezca</translation>
    </message>
    <message>
        <source>mostly {what}</source>
        <translation>sobre todo {what}</translation>
    </message>
    <message>
        <source>little like it is labelled yet</source>
        <translation>hay pocas anotadas que se le parezcan</translation>
    </message>
    <message>
        <source>much like it is labelled already</source>
        <translation>ya hay muchas anotadas que se le parecen</translation>
    </message>
    <message>
        <source>drawn by a person</source>
        <translation>dibujada por una persona</translation>
    </message>
    <message>
        <source>drawn by the model</source>
        <translation>dibujada por el modelo</translation>
    </message>
    <message>
        <source>drawn by the model, likely right: confidence 0.7 or more</source>
        <translation>dibujado por el modelo, probablemente correcto: confianza de 0,7 o más</translation>
    </message>
    <message>
        <source>drawn by the model, may be right: confidence 0.4 to 0.7</source>
        <translation>dibujado por el modelo, quizá correcto: confianza de 0,4 a 0,7</translation>
    </message>
    <message>
        <source>drawn by the model, likely wrong: confidence below 0.4</source>
        <translation>dibujado por el modelo, probablemente erróneo: confianza inferior a 0,4</translation>
    </message>
    <message>
        <source>drawn by</source>
        <translation>dibujada por</translation>
    </message>
    <message>
        <source>a person</source>
        <translation>una persona</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>confianza</translation>
    </message>
    <message>
        <source>draft of the model: accept it, or leave it</source>
        <translation>borrador del modelo: acéptelo o déjelo</translation>
    </message>
</context>
<context>
    <name>version_rows</name>
    <message>
        <source>An adapter of the base {base}.</source>
        <translation>Un adaptador de la base {base}.</translation>
    </message>
    <message>
        <source>The average of {versions}.</source>
        <translation>La media de {versions}.</translation>
    </message>
    <message>
        <source>It comes from another campaign.</source>
        <translation>Viene de otra campaña.</translation>
    </message>
    <message>
        <source>The model that the campaign started with.</source>
        <translation>El modelo con el que empezó la campaña.</translation>
    </message>
    <message>
        <source>Learned from {n} tiles; IoU on tiles held out in turn {before:.2f} before, {after:.2f} after.</source>
        <translation>Aprendió de {n} teselas; IoU en las teselas reservadas por turnos: {before:.2f} antes, {after:.2f} después.</translation>
    </message>
    <message>
        <source>Learned from {n} tiles; not measured.</source>
        <translation>Aprendió de {n} teselas; no medida.</translation>
    </message>
    <message>
        <source>Learned from {n} tiles; IoU on the exam tiles {before:.2f} before, {after:.2f} after.</source>
        <translation>Ha aprendido de {n} teselas; IoU en las teselas de examen {before:.2f} antes, {after:.2f} después.</translation>
    </message>
</context>
</TS>
