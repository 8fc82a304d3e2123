<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|MapTips" labelsEnabled="1">
 <renderer-v2 type="RuleRenderer" enableorderby="0" forceraster="0" symbollevels="1">
  <rules key="{tiletriage}">
   <rule key="{priority-5}" symbol="0" label="the first fifth: annotate first" filter="&quot;priority&quot; &gt;= 0.8 AND &quot;priority&quot; &lt;= 1 AND &quot;state&quot; IN ('pool', 'assigned', 'in progress') AND coalesce(bounds_width($geometry) / @map_scale &lt; 0.05, true)"/>
   <rule key="{priority-4}" symbol="1" label="the second fifth" filter="&quot;priority&quot; &gt;= 0.6 AND &quot;priority&quot; &lt; 0.8 AND &quot;state&quot; IN ('pool', 'assigned', 'in progress') AND coalesce(bounds_width($geometry) / @map_scale &lt; 0.05, true)"/>
   <rule key="{priority-3}" symbol="2" label="the third fifth" filter="&quot;priority&quot; &gt;= 0.4 AND &quot;priority&quot; &lt; 0.6 AND &quot;state&quot; IN ('pool', 'assigned', 'in progress') AND coalesce(bounds_width($geometry) / @map_scale &lt; 0.05, true)"/>
   <rule key="{priority-2}" symbol="3" label="the fourth fifth" filter="&quot;priority&quot; &gt;= 0.2 AND &quot;priority&quot; &lt; 0.4 AND &quot;state&quot; IN ('pool', 'assigned', 'in progress') AND coalesce(bounds_width($geometry) / @map_scale &lt; 0.05, true)"/>
   <rule key="{priority-1}" symbol="4" label="the last fifth of the queue: can wait" filter="&quot;priority&quot; &gt;= 0 AND &quot;priority&quot; &lt; 0.2 AND &quot;state&quot; IN ('pool', 'assigned', 'in progress') AND coalesce(bounds_width($geometry) / @map_scale &lt; 0.05, true)"/>
   <rule key="{unscored}" symbol="5" label="not scored yet" filter="&quot;priority&quot; IS NULL AND &quot;state&quot; IN ('pool', 'assigned', 'in progress') AND &quot;split&quot; IS NOT 'exam' AND coalesce(bounds_width($geometry) / @map_scale &lt; 0.05, true)"/>
   <rule key="{done}" symbol="6" label="done" filter="&quot;state&quot; = 'done' AND &quot;split&quot; IS NOT 'exam' AND coalesce(bounds_width($geometry) / @map_scale &lt; 0.05, true)"/>
   <rule key="{empty}" symbol="7" label="empty: nothing to map there" filter="&quot;state&quot; = 'empty' AND &quot;split&quot; IS NOT 'exam' AND coalesce(bounds_width($geometry) / @map_scale &lt; 0.05, true)"/>
   <rule key="{skipped}" symbol="8" label="skipped" filter="&quot;state&quot; = 'skipped' AND &quot;split&quot; IS NOT 'exam' AND coalesce(bounds_width($geometry) / @map_scale &lt; 0.05, true)"/>
   <rule key="{bad-imagery}" symbol="9" label="bad imagery" filter="&quot;state&quot; = 'bad imagery' AND coalesce(bounds_width($geometry) / @map_scale &lt; 0.05, true)"/>
   <rule key="{exam}" symbol="10" label="exam tile" filter="&quot;split&quot; = 'exam' AND &quot;state&quot; IS NOT 'bad imagery' AND coalesce(bounds_width($geometry) / @map_scale &lt; 0.05, true)"/>
   <rule key="{exam-labelled}" symbol="11" label="exam tile, annotated" filter="&quot;split&quot; = 'exam' AND &quot;state&quot; IN ('done', 'empty') AND coalesce(bounds_width($geometry) / @map_scale &lt; 0.05, true)"/>
   <rule key="{in-progress}" symbol="12" label="assigned or in progress" filter="&quot;state&quot; IN ('assigned', 'in progress')"/>
   <rule key="{next}" symbol="13" label="the next 20 tiles" filter="&quot;rank&quot; &lt;= 20 AND &quot;state&quot; IN ('pool', 'assigned')"/>
   <rule key="{near}" symbol="14" label="border of a tile, seen from close by" filter="NOT coalesce(bounds_width($geometry) / @map_scale &lt; 0.05, true)"/>
  </rules>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="252,196,65,150"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="252,196,65,190"/>
      <Option type="QString" name="outline_width" value="0.26"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="237,105,37,135"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="237,105,37,175"/>
      <Option type="QString" name="outline_width" value="0.26"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="191,57,82,115"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="191,57,82,155"/>
      <Option type="QString" name="outline_width" value="0.26"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="122,28,109,92"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="122,28,109,132"/>
      <Option type="QString" name="outline_width" value="0.26"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="45,13,82,66"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="45,13,82,106"/>
      <Option type="QString" name="outline_width" value="0.26"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="27,30,43,120"/>
      <Option type="QString" name="outline_width" value="0.35"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="255,255,255,200"/>
      <Option type="QString" name="outline_width" value="0.2"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="dot"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="11,132,198,107"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="27,30,43,150"/>
      <Option type="QString" name="outline_width" value="0.8"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="143,211,255,255"/>
      <Option type="QString" name="outline_width" value="0.4"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="11,132,198,60"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="PointPatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="distance_x" value="2.4"/>
      <Option type="QString" name="distance_y" value="2.4"/>
      <Option type="QString" name="displacement_x" value="1.2"/>
      <Option type="QString" name="displacement_y" value="0"/>
      <Option type="QString" name="distance_x_unit" value="MM"/>
      <Option type="QString" name="distance_y_unit" value="MM"/>
      <Option type="QString" name="displacement_x_unit" value="MM"/>
      <Option type="QString" name="displacement_y_unit" value="MM"/>
     </Option>
     <symbol type="marker" name="@7@1" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="name" value="circle"/>
        <Option type="QString" name="color" value="143,211,255,255"/>
        <Option type="QString" name="outline_style" value="no"/>
        <Option type="QString" name="size" value="0.8"/>
        <Option type="QString" name="size_unit" value="MM"/>
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="27,30,43,150"/>
      <Option type="QString" name="outline_width" value="0.8"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="143,211,255,255"/>
      <Option type="QString" name="outline_width" value="0.4"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="8" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="138,141,150,110"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="angle" value="135"/>
      <Option type="QString" name="distance" value="2.2"/>
      <Option type="QString" name="distance_unit" value="MM"/>
      <Option type="QString" name="color" value="225,227,232,255"/>
      <Option type="QString" name="line_width" value="0.3"/>
      <Option type="QString" name="line_width_unit" value="MM"/>
     </Option>
     <symbol type="line" name="@8@1" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="line_color" value="225,227,232,255"/>
        <Option type="QString" name="line_width" value="0.3"/>
        <Option type="QString" name="line_width_unit" value="MM"/>
        <Option type="QString" name="line_style" value="solid"/>
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="213,215,221,255"/>
      <Option type="QString" name="outline_width" value="0.3"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="9" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="58,61,70,217"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="angle" value="45"/>
      <Option type="QString" name="distance" value="2.2"/>
      <Option type="QString" name="distance_unit" value="MM"/>
      <Option type="QString" name="color" value="118,122,132,255"/>
      <Option type="QString" name="line_width" value="0.2"/>
      <Option type="QString" name="line_width_unit" value="MM"/>
     </Option>
     <symbol type="line" name="@9@1" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="line_color" value="118,122,132,255"/>
        <Option type="QString" name="line_width" value="0.2"/>
        <Option type="QString" name="line_width_unit" value="MM"/>
        <Option type="QString" name="line_style" value="solid"/>
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="angle" value="135"/>
      <Option type="QString" name="distance" value="2.2"/>
      <Option type="QString" name="distance_unit" value="MM"/>
      <Option type="QString" name="color" value="118,122,132,255"/>
      <Option type="QString" name="line_width" value="0.2"/>
      <Option type="QString" name="line_width_unit" value="MM"/>
     </Option>
     <symbol type="line" name="@9@2" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="line_color" value="118,122,132,255"/>
        <Option type="QString" name="line_width" value="0.2"/>
        <Option type="QString" name="line_width_unit" value="MM"/>
        <Option type="QString" name="line_style" value="solid"/>
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="58,61,70,255"/>
      <Option type="QString" name="outline_width" value="0.3"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="10" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="255,255,255,30"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="angle" value="45"/>
      <Option type="QString" name="distance" value="3.2"/>
      <Option type="QString" name="distance_unit" value="MM"/>
      <Option type="QString" name="color" value="27,30,43,110"/>
      <Option type="QString" name="line_width" value="0.6"/>
      <Option type="QString" name="line_width_unit" value="MM"/>
     </Option>
     <symbol type="line" name="@10@1" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="line_color" value="27,30,43,110"/>
        <Option type="QString" name="line_width" value="0.6"/>
        <Option type="QString" name="line_width_unit" value="MM"/>
        <Option type="QString" name="line_style" value="solid"/>
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="angle" value="45"/>
      <Option type="QString" name="distance" value="3.2"/>
      <Option type="QString" name="distance_unit" value="MM"/>
      <Option type="QString" name="color" value="255,255,255,220"/>
      <Option type="QString" name="line_width" value="0.3"/>
      <Option type="QString" name="line_width_unit" value="MM"/>
     </Option>
     <symbol type="line" name="@10@2" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="line_color" value="255,255,255,220"/>
        <Option type="QString" name="line_width" value="0.3"/>
        <Option type="QString" name="line_width_unit" value="MM"/>
        <Option type="QString" name="line_style" value="solid"/>
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="27,30,43,200"/>
      <Option type="QString" name="outline_width" value="0.9"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="255,255,255,255"/>
      <Option type="QString" name="outline_width" value="0.5"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="dash"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="11" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="11,132,198,100"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="143,211,255,255"/>
      <Option type="QString" name="outline_width" value="0.6"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="12" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="27,30,43,220"/>
      <Option type="QString" name="outline_width" value="1.2"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="143,211,255,255"/>
      <Option type="QString" name="outline_width" value="0.7"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="dash"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="13" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="4">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="27,30,43,255"/>
      <Option type="QString" name="outline_width" value="1.3"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="4">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="255,255,255,255"/>
      <Option type="QString" name="outline_width" value="0.6"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="14" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="27,30,43,150"/>
      <Option type="QString" name="outline_width" value="0.5"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="255,255,255,200"/>
      <Option type="QString" name="outline_width" value="0.26"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="dot"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <labeling type="simple">
  <settings calloutType="simple">
   <text-style fieldName="CASE WHEN &quot;rank&quot; &lt;= 20 AND &quot;state&quot; IN ('pool', 'assigned', 'in progress') AND coalesce(bounds_width($geometry) / @map_scale &lt; 0.05, true) THEN &quot;rank&quot; END" isExpression="1" fontFamily="Noto Sans" fontSize="8" fontSizeUnit="Point" fontWeight="75" textColor="255,255,255,255" textOpacity="1" namedStyle="Bold" multilineHeight="1">
    <text-buffer bufferDraw="0"/>
    <background shapeDraw="1" shapeType="3" shapeSizeType="0" shapeSizeX="0.7" shapeSizeY="0.7" shapeSizeUnit="MM" shapeOpacity="1" shapeFillColor="27,30,43,255" shapeBorderColor="255,255,255,255" shapeBorderWidth="0.3" shapeBorderWidthUnit="MM">
     <symbol type="fill" name="fillSymbol" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleFill" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="color" value="27,30,43,255"/>
        <Option type="QString" name="style" value="solid"/>
        <Option type="QString" name="outline_color" value="255,255,255,255"/>
        <Option type="QString" name="outline_style" value="solid"/>
        <Option type="QString" name="outline_width" value="0.3"/>
        <Option type="QString" name="outline_width_unit" value="MM"/>
       </Option>
      </layer>
     </symbol>
    </background>
   </text-style>
   <placement placement="1" centroidInside="1" centroidWhole="1" quadOffset="4" priority="8"/>
   <rendering displayAll="1" obstacle="0" scaleVisibility="0"/>
  </settings>
 </labeling>
 <mapTip enabled="1">[% '&lt;b&gt;' || coalesce(CASE WHEN attribute($currentfeature, 'rank') IS NOT NULL AND attribute($currentfeature, 'state') IN ('pool', 'assigned', 'in progress') THEN /*tr*/'rank' || ' ' || attribute($currentfeature, 'rank') || ' &amp;middot; ' END, '') || /*tr*/'tile' || ' ' || replace(attribute($currentfeature, 'tile_id'), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) || '&lt;/b&gt;' %]
[% '&lt;br&gt;' || CASE
 WHEN attribute($currentfeature, 'state') = 'done' THEN /*tr*/'done'
 WHEN attribute($currentfeature, 'state') = 'empty' THEN /*tr*/'empty: nothing to map there'
 WHEN attribute($currentfeature, 'state') = 'skipped' THEN /*tr*/'skipped'
 WHEN attribute($currentfeature, 'state') = 'bad imagery' THEN /*tr*/'bad imagery'
 WHEN attribute($currentfeature, 'state') = 'assigned' THEN /*tr*/'assigned'
 WHEN attribute($currentfeature, 'state') = 'in progress' THEN /*tr*/'in progress'
 WHEN attribute($currentfeature, 'split') = 'exam' THEN /*tr*/'waits to be annotated for the exam'
 WHEN attribute($currentfeature, 'rank') IS NOT NULL THEN /*tr*/'waits to be annotated'
 WHEN attribute($currentfeature, 'priority') IS NOT NULL THEN /*tr*/'scored just now: its rank comes when all tiles are scored'
 ELSE /*tr*/'not scored yet' END %]
[% coalesce(with_variable('why', from_json(attribute($currentfeature, 'reason')), CASE WHEN attribute($currentfeature, 'state') IN ('pool', 'assigned', 'in progress') AND attribute($currentfeature, 'rank') IS NOT NULL THEN '&lt;br&gt;' || CASE
 WHEN map_get(@why, 'code') = 'entropy' THEN replace(/*tr*/'the model is unsure here (entropy {n})', '{n}', format_number(map_get(@why, 'value'), 2))
 WHEN map_get(@why, 'code') = 'margin' THEN replace(/*tr*/'the model is unsure here (margin {n})', '{n}', format_number(map_get(@why, 'value'), 2))
 WHEN map_get(@why, 'code') = 'predicted-iou' THEN replace(/*tr*/'expected IoU {n}', '{n}', format_number(map_get(@why, 'value'), 2))
 WHEN map_get(@why, 'code') = 'map-gain' THEN replace(/*tr*/'{n} % of what is probably wrong on the map lies here', '{n}', format_number(map_get(@why, 'value'), 2))
 WHEN map_get(@why, 'code') = 'coverage' THEN /*tr*/'it helps to cover every kind of tile'
 WHEN map_get(@why, 'code') = 'chance' THEN /*tr*/'drawn by chance' END || coalesce(', ' || replace(replace(/*tr*/'mostly {what}', '{what}', map_get(@why, 'mapped')), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')), '') || '&lt;br&gt;' || CASE
 WHEN map_get(@why, 'novelty') IS NULL THEN /*tr*/'nothing is labelled yet'
 WHEN map_get(@why, 'novelty') &lt;= 1.0 / 3 THEN /*tr*/'much like it is labelled already'
 WHEN map_get(@why, 'novelty') &lt;= 2.0 / 3 THEN /*tr*/'little like it is labelled yet'
 ELSE /*tr*/'nothing like it is labelled yet' END END), '') %]
[% '&lt;br&gt;' || /*tr*/'expected IoU' || ' ' || format_number(attribute($currentfeature, 'predicted_iou'), 2) %]
[% CASE WHEN attribute($currentfeature, 'annotator') IS NOT NULL THEN '&lt;br&gt;' || /*tr*/'annotated by' || ' ' || replace(attribute($currentfeature, 'annotator'), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) ELSE '' END %]</mapTip>
 <previewExpression>"tile_id"</previewExpression>
 <layerGeometryType>2</layerGeometryType>
</qgis>
