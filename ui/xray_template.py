"""The Handlebars templates of the X-ray drawer; rules for templates stand in ``ui/templates.py``."""

from __future__ import annotations

XRAY = """
{{#unless value.train}}<p class="empty">One moment…</p>{{else}}
{{#if value.has_generator}}<section class="block-of">
  <button type="button" class="switch" role="switch" data-do="set_rerank"
    data-on="{{#unless value.rerank}}1{{/unless}}"
    aria-checked="{{#if value.rerank}}true{{else}}false{{/if}}"><i></i><span>Test-time reranking (TTR)</span></button>
  <p>{{#if value.rerank}}On: every candidate is weighed again against the whole request before you see it.
    {{else}}Off: candidates stay in the order of the generator's own scores (w = 1).{{/if}}
    It holds for this browser tab and its next answers{{#if value.weighed}}; the list below changes at
    once{{/if}}.{{#if value.stale}} The last answer was found with it off.{{/if}}</p>
</section>
{{else}}<section class="block-of notice">
  <h3>No generator in this store yet</h3>
  <p>Products are ranked by text, photo and exact words. This command trains a generator, about a quarter of an hour;
    the next start uses it:</p>
  <p class="id-line"><code>{{value.train}}</code></p>
</section>{{/if}}
{{#if value.searched}}
<section class="block-of">
  <h3>What was searched for</h3>
  <p class="request">{{#if value.request}}“{{value.request}}”
    {{else}}No words: the photo or the conditions alone.{{/if}}</p>
  {{#if value.conditions}}<ul class="labels" aria-label="Conditions in force">
    {{#each value.conditions}}<li>{{this}}</li>{{/each}}</ul>{{/if}}
</section>
{{#if value.beams}}<section class="block-of">
  <h3>What the generator wrote</h3>
  <p>It reads the dialogue and writes the semantic IDs of products that exist, code by code, the likeliest first (beam
    search). The words are what the products with a code have more often than the whole catalog.</p>
  <ol class="beams">{{#each value.beams}}<li>
    <button type="button" class="link" data-do="look_at" data-item="{{item_id}}">{{title}}</button>
    <p class="beam-id"><i class="dot" style="background:{{color}}"></i><code>{{id}}</code>
      <span>log-probability {{score}}</span></p>
    <dl>{{#each levels}}<div><dt>Level {{n}}: {{code}}</dt><dd>{{words}}</dd></div>{{/each}}
      <div><dt>Last: {{last}}</dt><dd>only tells equal IDs apart</dd></div></dl></li>{{/each}}</ol>
</section>{{/if}}
{{#if value.weighed}}<section class="block-of">
  <h3>How much each evaluator counts</h3>
  <p>Each gives a candidate a verdict from 0 to 1. The power says how much it counts; it was learned in training.</p>
  <dl class="bars">{{#each value.evaluators}}<div><dt>{{name}}</dt>
    <dd><i style="width:{{share}}%"></i></dd><dd>{{power}}</dd></div>{{/each}}</dl>
</section>{{/if}}
<section class="block-of">
  <h3>{{#if value.has_generator}}Candidates before and after reranking{{else}}Candidates{{/if}}</h3>
  <p>{{#if value.all}}All {{value.count}} of them.{{else}}The first of {{value.count}}.{{/if}}
    {{#if value.weighed}}“12 → 3” was 12th by the generator and is 3rd in the answer.{{/if}}
    {{#if value.rearranged}}After the scores were known some of them were moved: away from
    what was shown and passed over, towards a price, into an order that was asked for, or behind their equals in stock
    because they are sold out.{{/if}}</p>
  <ol class="candidates">{{#each value.candidates}}<li>
    {{#if image}}<img src="{{image}}" alt="" loading="lazy">{{else}}<span class="no-picture"></span>{{/if}}
    <div><button type="button" class="link" data-do="look_at" data-item="{{item_id}}">{{title}}</button>
    <p class="places {{moved}}">{{#if ../value.weighed}}<b>{{before}} → {{after}}</b>{{else}}<b>{{rank}}</b>{{/if}}
      <span>from {{sources}}</span></p>
    {{#if verdicts}}<details><summary>Verdicts</summary>
      <dl class="bars">{{#each verdicts}}<div><dt>{{name}}</dt>
        <dd><i style="width:{{share}}%"></i></dd><dd>{{value}}</dd></div>{{/each}}</dl>
      <p>score before {{base}}, after {{score}} (log)</p></details>
    {{else}}<p>score {{base}}</p>{{/if}}</div></li>{{/each}}</ol>
</section>
{{else}}<section class="block-of"><p class="empty">Ask for something: then this panel shows how the answer was found.
  Details, thanks and other answers without a search leave nothing to show.</p></section>{{/if}}
{{#if value.stages}}<section class="block-of">
  <h3>Milliseconds</h3>
  <dl class="bars">{{#each value.stages}}<div><dt>{{label}}</dt>
    <dd><i style="width:{{share}}%"></i></dd><dd>{{ms}}</dd></div>{{/each}}</dl>
</section>{{/if}}
{{#if value.map}}<section class="block-of">
  <h3>Map of the catalog</h3>
  <p>One dot is one product, near ones look and read alike (principal components of their vectors); a colour is the
    first code of the semantic ID. The large dots are the candidates above.</p>
  {{{value.map}}}
</section>{{/if}}{{/unless}}
"""

XRAY_ITEMS = """
{{#if value.without_tokens}}<section class="block-of notice">
  <h3>No item tokens</h3>
  <p>{{value.without_tokens}}{{#if value.ilm_command}} This command makes them; the next start uses
    them:{{/if}}</p>
  {{#if value.ilm_command}}<p class="id-line"><code>{{value.ilm_command}}</code></p>{{/if}}
</section>{{/if}}
{{#if value.places}}<section class="block-of">
  <h3>Item tokens</h3>
  <p>In a prompt for the language model a slot stands for a product. It is filled with rows that the item encoder made
    of text, picture, price and use; without them with the product's text. For these products:
    <b>{{value.rows}}</b> tokens with item tokens, <b>{{value.text}}</b> without.</p>
  <table class="slots"><thead><tr><th scope="col">Slot</th><th scope="col">Rows</th><th scope="col">Text</th></tr>
    </thead><tbody>{{#each value.places}}<tr>
    <td><button type="button" class="link" data-do="look_at" data-item="{{item_id}}">{{title}}</button>
      <code>{{slot}}</code></td><td>{{rows}}</td><td>{{text}}</td></tr>{{/each}}</tbody></table>
  {{#if value.can_ask}}<div class="ask">
    <select aria-label="Product to ask about">{{#each value.places}}
      <option value="{{item_id}}"{{#if chosen}} selected{{/if}}>{{title}}</option>{{/each}}</select>
    <button type="button" class="ask-button" data-do="read_item">What does the model read?</button></div>{{/if}}
  {{#if value.problem}}<p class="problem" role="status">{{value.problem}}</p>{{/if}}
  {{#if value.answers}}<p>“What is it called?” about “{{value.about}}”, with these in its slot:</p>
  <dl class="read" role="status">{{#each value.answers}}<div><dt>{{read}}</dt>
    <dd>{{#if text}}“{{text}}”{{else}}says nothing{{/if}}</dd><dd>{{ms}} ms</dd></div>{{/each}}</dl>{{/if}}
</section>{{/if}}
{{#if value.reads_items}}<section class="block-of">
  <h3>With item tokens and without</h3>
  {{#if value.has_prompt}}<p>The language model answers the prompt of the last turn twice: with the products as item
    tokens, and with the text that stands there without them. These words are its own; those that a shopper sees are
    checked against the records.</p>
  <button type="button" class="ask-button" data-do="both_ways"{{#if value.both.running}} disabled{{/if}}>
    {{#if value.both.running}}The model answers…{{else}}Answer both ways{{/if}}</button>
  {{else}}<p>A greeting, thanks and other answers that speak of no product have no prompt, nor has one from before
    this page was opened.</p>
  <button type="button" class="ask-button" disabled>No prompt to answer</button>{{/if}}
  {{#if value.both.progress}}<p class="progress" role="status">{{value.both.progress}}</p>{{/if}}
  {{#if value.both.problem}}<p class="problem" role="status">{{value.both.problem}}</p>{{/if}}
  {{#if value.both.ways}}<div class="both">{{#each value.both.ways}}<article><h4>{{name}}</h4>
    <dl><div><dt>prompt tokens</dt><dd>{{prompt_tokens}}</dd></div>
      <div><dt>ms to first word</dt><dd>{{first_word_ms}}</dd></div></dl>
    <blockquote>{{#if silent}}says nothing{{else}}{{text}}{{/if}}</blockquote></article>{{/each}}</div>
  <h4>Without item tokens there stood</h4>
  <dl class="stands">{{#each value.both.stands}}<div><dt><code>{{slot}}</code></dt>
    <dd>{{#if text}}{{text}}{{else}}nothing{{/if}}</dd></div>{{/each}}</dl>{{/if}}
</section>{{/if}}
"""
