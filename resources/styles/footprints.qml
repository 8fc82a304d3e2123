<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|MapTips" labelsEnabled="0">
 <renderer-v2 type="RuleRenderer" enableorderby="0" forceraster="0" symbollevels="0">
  <rules key="{tiletriage}">
   <rule key="{human}" symbol="0" label="drawn by a person" filter="attribute($currentfeature, 'origin') = 'human' AND NOT coalesce(intersects($geometry, geom_from_wkt(@tile_drawn)), false)"/>
   <rule key="{model}" symbol="1" label="drawn by the model, likely right: confidence 0.7 or more" filter="coalesce(attribute($currentfeature, 'origin'), 'model') &lt;&gt; 'human' AND coalesce(attribute($currentfeature, 'confidence'), 1) &gt;= 0.7 AND NOT coalesce(intersects($geometry, geom_from_wkt(@tile_drawn)), false)"/>
   <rule key="{unsure}" symbol="2" label="drawn by the model, may be right: confidence 0.4 to 0.7" filter="coalesce(attribute($currentfeature, 'origin'), 'model') &lt;&gt; 'human' AND coalesce(attribute($currentfeature, 'confidence'), 1) &gt;= 0.4 AND coalesce(attribute($currentfeature, 'confidence'), 1) &lt; 0.7 AND NOT coalesce(intersects($geometry, geom_from_wkt(@tile_drawn)), false)"/>
   <rule key="{doubtful}" symbol="3" label="drawn by the model, likely wrong: confidence below 0.4" filter="coalesce(attribute($currentfeature, 'origin'), 'model') &lt;&gt; 'human' AND coalesce(attribute($currentfeature, 'confidence'), 1) &lt; 0.4 AND NOT coalesce(intersects($geometry, geom_from_wkt(@tile_drawn)), false)"/>
  </rules>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,158,224,36"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="27,30,43,160"/>
      <Option type="QString" name="outline_width" value="1.0"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="90,200,255,255"/>
      <Option type="QString" name="outline_width" value="0.5"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="255,176,0,36"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="27,30,43,160"/>
      <Option type="QString" name="outline_width" value="1.0"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="255,176,0,255"/>
      <Option type="QString" name="outline_width" value="0.5"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="255,176,0,14"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="27,30,43,160"/>
      <Option type="QString" name="outline_width" value="1.0"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="255,176,0,255"/>
      <Option type="QString" name="outline_width" value="0.5"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="dash"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="213,94,0,14"/>
      <Option type="QString" name="style" value="solid"/>
      <Option type="QString" name="outline_style" value="no"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="27,30,43,160"/>
      <Option type="QString" name="outline_width" value="1.0"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="solid"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="0,0,0,0"/>
      <Option type="QString" name="style" value="no"/>
      <Option type="QString" name="outline_color" value="213,94,0,255"/>
      <Option type="QString" name="outline_width" value="0.5"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="outline_style" value="dot"/>
      <Option type="QString" name="joinstyle" value="miter"/>
     </Option>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <mapTip enabled="1">[% '&lt;b&gt;' || CASE WHEN attribute($currentfeature, 'origin') = 'human' THEN /*tr*/'drawn by' || ' ' || replace(coalesce(attribute($currentfeature, 'annotator'), /*tr*/'a person'), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) ELSE /*tr*/'drawn by the model' || ' ' || replace(coalesce(attribute($currentfeature, 'version'), attribute($currentfeature, 'model_version'), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) END || '&lt;/b&gt;' %]
[% CASE WHEN attribute($currentfeature, 'class') IS NOT NULL THEN '&lt;br&gt;' || replace(attribute($currentfeature, 'class'), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) ELSE '' END %]
[% CASE WHEN attribute($currentfeature, 'confidence') IS NOT NULL THEN '&lt;br&gt;' || /*tr*/'confidence' || ' ' || format_number(attribute($currentfeature, 'confidence'), 2) ELSE '' END %]
[% CASE WHEN attribute($currentfeature, 'tile_id') IS NOT NULL THEN '&lt;br&gt;' || /*tr*/'tile' || ' ' || replace(attribute($currentfeature, 'tile_id'), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) ELSE '' END %]
[% '&lt;br&gt;' || format_number($area, 0) || ' m²' %]</mapTip>
 <previewExpression>coalesce(attribute($currentfeature, 'tile_id'), attribute($currentfeature, 'version'), $id)</previewExpression>
 <layerGeometryType>2</layerGeometryType>
</qgis>
