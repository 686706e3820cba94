"""The Handlebars templates of the page: structure only; looks are in ``page.css``, behaviour in ``page.js``.

``{{name}}`` escapes. Gradio evaluates the filled template once more as a JavaScript template string, so values must
have gone through ``cards.for_template`` and no template here holds a backtick or a dollar with a brace. A control
names what it does in ``data-do``; ``page.js`` listens for all of them at once.
"""

from __future__ import annotations

import re

_ICON_PATHS = {
    "bag": '<path d="M6 8h12l1 12H5L6 8z"/><path d="M9 8a3 3 0 0 1 6 0"/>',
    "heart": '<path d="M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.4 4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z"/>',
    "up": '<path d="M7 11v9H4v-9h3zm0 0 4-7c1.5 0 2.3 1 2 2.6L12.4 10H18a2 2 0 0 1 2 2.3l-1 6A2 2 0 0 1 17 20H7"/>',
    "down": '<path d="M17 13V4h3v9h-3zm0 0-4 7c-1.5 0-2.3-1-2-2.6l.6-3.4H6a2 2 0 0 1-2-2.3l1-6A2 2 0 0 1 7 4h10"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "pencil": '<path d="M4 20h4L19 9l-4-4L4 16v4z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "moon": '<path d="M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6l1.4 1.4M17 17l1.4 1.4'
    'M18.4 5.6L17 7M7 17l-1.4 1.4"/>',
    "more": '<rect x="4" y="4" width="7" height="7" rx="1.5"/><rect x="13" y="4" width="7" height="7" rx="1.5"/>'
    '<rect x="4" y="13" width="7" height="7" rx="1.5"/><path d="M16.5 13.5v6M13.5 16.5h6"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.01"/>',
    "camera": '<path d="M4 8h3l1.5-2.5h7L17 8h3v11H4V8z"/><circle cx="12" cy="13" r="3.5"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "stop": '<rect x="7" y="7" width="10" height="10" rx="1.5" fill="currentColor"/>',
    "copy": '<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15V6a2 2 0 0 1 2-2h8"/>',
    "star": '<path d="M12 4l2.5 5.2 5.7.8-4.1 4 1 5.7L12 17l-5.1 2.7 1-5.7-4.1-4 5.7-.8L12 4z"/>',
    "chat": '<path d="M4 5h16v11H9l-5 4V5z"/>',
    "xray": '<path d="M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M3 12h18"/><circle cx="12" cy="12" r="4"/>',
}


def icon(name: str) -> str:
    """An inline line icon of 20 px, hidden from screen readers: its button carries the label."""
    return f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{_ICON_PATHS[name]}</svg>'


def _filled(template: str) -> str:
    return re.sub(r"\(\((\w+)\)\)", lambda match: icon(match[1]), template)


HEADER = _filled("""
<a class="skip" href="#composer" data-do="skip">Skip to the message box</a>
<div class="brand"><span class="mark">((bag))</span>
  <h1 class="wordmark">Mercer</h1>
  <span class="store">{{value.store}}{{#if value.note}}<span class="note">{{value.note}}</span>{{/if}}</span></div>
<nav class="tools" aria-label="Page">
  <button type="button" class="tool" data-do="start_fresh" aria-label="New conversation">((plus))
    <span>New</span></button>
  <button type="button" class="tool" data-do="drawer" data-panel="saved" aria-label="Saved items"
    aria-expanded="false">((heart))<span>Saved</span><b class="count" hidden></b></button>
  <button type="button" class="tool" data-do="drawer" data-panel="session" aria-label="This conversation"
    aria-expanded="false">((chat))<span>This conversation</span></button>
  <button type="button" class="tool" data-do="drawer" data-panel="xray" aria-label="X-ray: how this was found"
    aria-expanded="false">((xray))<span>X-ray</span></button>
  <button type="button" class="tool round" data-do="theme" aria-label="Switch between dark and light">
    <i class="when-light">((moon))</i><i class="when-dark">((sun))</i></button>
</nav>
""")

HERO = """
<div class="hero-words">
  <p class="eyebrow">{{value.count}} products, one conversation</p>
  <h2>Tell me what you are looking for.</h2>
  <p class="lede">Describe it, give a budget, say what you do not want, or show me a photo.</p>
  {{#if value.kinds}}<p class="kinds">In this shop: {{value.kinds}}.</p>{{/if}}
</div>
<ul class="examples" aria-label="Examples to try">
{{#each value.examples}}
  <li><button type="button" class="example{{#if photo}} with-photo{{/if}}" data-do="try_example" data-n="{{n}}">
    {{#if photo}}<img src="{{photo}}" alt="" loading="lazy">{{/if}}
    <span class="example-text">{{text}}</span></button></li>
{{/each}}
</ul>
"""

_CARD = """
<li class="card" data-card="{{item_id}}">
  <div class="picture" data-of="{{../value.cards.length}}">
    {{#if image}}<img src="{{image}}" alt="" loading="lazy">{{else}}<span class="no-picture">No picture</span>{{/if}}
    {{#if badge}}<span class="badge">{{badge}}</span>{{/if}}
    <button type="button" class="save" data-do="keep_item" data-item="{{item_id}}" aria-pressed="false"
      aria-label="Save {{title}}">((heart))</button>
  </div>
  <div class="body">
    {{#if brand}}<p class="brand-name">{{brand}}</p>{{/if}}
    <h3 class="title"><button type="button" class="link" data-do="look_at"
      data-item="{{item_id}}">{{title}}</button></h3>
    <p class="price">{{#if price}}<strong>{{price}}</strong>{{#if was}}
      <s><span class="sr">was </span>{{was}}</s>{{/if}}{{else}}<span class="quiet">No price given</span>{{/if}}</p>
    <p class="stock {{stock_kind}}">{{stock}}</p>
    {{#if reason}}<p class="reason">{{reason}}</p>{{/if}}
  </div>
  <div class="actions">
    <button type="button" data-do="turn_act" data-kind="more_like" data-key="{{item_id}}"
      aria-label="More like {{title}}">More like this</button>
    <button type="button" data-do="turn_act" data-kind="reject" data-key="{{item_id}}"
      aria-label="Not this: {{title}}">Not this</button>
    <button type="button" class="plain" data-do="look_at" data-item="{{item_id}}"
      aria-label="Details of {{title}}">Details</button>
    {{#if turn_id}}<span class="thumbs" role="group" aria-label="Vote on {{title}}">
      <button type="button" class="thumb" data-do="cast_vote" data-turn="{{turn_id}}" data-item="{{item_id}}"
        data-value="1" aria-pressed="false" aria-label="Good suggestion: {{title}}">((up))</button>
      <button type="button" class="thumb" data-do="cast_vote" data-turn="{{turn_id}}" data-item="{{item_id}}"
        data-value="-1" aria-pressed="false" aria-label="Bad suggestion: {{title}}">((down))</button></span>{{/if}}
  </div>
</li>
"""

TURN = _filled(
    """
{{#if value.label}}<p class="outcome">{{value.label}}</p>{{/if}}
{{#if value.cards}}<ul class="cards" tabindex="-1" aria-label="Products of this answer">
{{#each value.cards}}"""
    + _CARD
    + """{{/each}}
</ul>{{/if}}
{{#if value.turn_id}}<div class="verdict" role="group" aria-label="Vote on this answer">
  <span>Was this helpful?</span>
  <button type="button" class="thumb" data-do="cast_vote" data-turn="{{value.turn_id}}" data-item="" data-value="1"
    aria-pressed="false" aria-label="Good answer">((up))</button>
  <button type="button" class="thumb" data-do="cast_vote" data-turn="{{value.turn_id}}" data-item="" data-value="-1"
    aria-pressed="false" aria-label="Bad answer">((down))</button>
</div>{{/if}}
"""
)

CHIPS = _filled("""
{{#if value.chips}}<ul class="chips" aria-label="What I understood; remove what is wrong">
{{#each value.chips}}
  <li class="chip" data-chip="{{key}}">
    <span class="chip-label">{{label}}</span>
    {{#if editable}}<button type="button" data-do="edit_chip" aria-label="Change: {{label}}">((pencil))</button>
    <form class="chip-form" data-do="turn_act" data-kind="edit" data-key="{{key}}" hidden>
      <input name="value" value="{{value}}" aria-label="New value for {{label}}" autocomplete="off" maxlength="60">
      <button type="submit" class="apply">Apply</button></form>{{/if}}
    <button type="button" data-do="turn_act" data-kind="drop" data-key="{{key}}"
      aria-label="Remove: {{label}}">((close))</button>
  </li>
{{/each}}
</ul>{{/if}}
""")

DETAILS = _filled("""
{{#if value.title}}
<div class="details">
  <div class="views" tabindex="0" role="group" aria-label="Pictures of {{value.title}}">
  {{#each value.images}}<img src="{{url}}" alt="{{alt}}" loading="lazy">{{/each}}
  {{#unless value.images}}<span class="no-picture">No picture</span>{{/unless}}</div>
  {{#if value.brand}}<p class="brand-name">{{value.brand}}</p>{{/if}}
  <h3>{{value.title}}</h3>
  <p class="price">{{#if value.price}}<strong>{{value.price}}</strong>{{#if value.was}}
    <s><span class="sr">was </span>{{value.was}}</s>{{/if}}
    {{else}}<span class="quiet">No price given</span>{{/if}}</p>
  <p class="stock {{value.stock_kind}}">{{value.stock}}</p>
  <div class="details-acts">
    <button type="button" class="primary" data-do="keep_item" data-item="{{value.item_id}}" aria-pressed="false">
      ((heart))<span class="when-off">Save</span><span class="when-on">Saved</span></button>
    <button type="button" data-do="turn_act" data-kind="more_like" data-key="{{value.item_id}}">
      More like this</button>
  </div>
  {{#if value.page}}<p class="own-page"><a href="{{value.page}}" target="_blank" rel="noopener noreferrer">
    Product page<span class="sr"> of {{value.title}}, in a new tab</span></a></p>{{/if}}
  {{#if value.others}}<p class="others-title">Also in this style</p><ul class="others">{{#each value.others}}
    <li><button type="button" data-do="look_at" data-item="{{item_id}}" aria-label="{{title}}" title="{{title}}">
    {{#if image}}<img src="{{image}}" alt="" loading="lazy">{{else}}<span class="no-picture"></span>{{/if}}
    </button></li>
  {{/each}}</ul>{{/if}}
  {{#if value.description}}<p class="description">{{value.description}}</p>{{/if}}
  <dl class="facts">{{#each value.facts}}<div><dt>{{name}}</dt><dd>{{text}}</dd></div>{{/each}}</dl>
</div>
{{else}}<p class="empty">Choose <b>Details</b> on a product to see everything the shop knows about it.</p>{{/if}}
""")

SAVED = _filled("""
{{#if value.cards}}<ul class="saved">
{{#each value.cards}}
  <li><button type="button" class="row" data-do="look_at" data-item="{{item_id}}">
    {{#if image}}<img src="{{image}}" alt="" loading="lazy">{{else}}<span class="no-picture"></span>{{/if}}
    <span class="row-text"><b>{{title}}</b><span>{{price}}{{#if was}} <s>{{was}}</s>{{/if}}</span>
    <span class="stock {{stock_kind}}">{{stock}}</span></span></button>
    <button type="button" class="tool round" data-do="keep_item" data-item="{{item_id}}" aria-pressed="true"
      aria-label="Remove {{title}} from saved">((close))</button></li>
{{/each}}
</ul>{{#if value.total}}<p class="total">{{value.total}}</p>{{/if}}{{else}}<p class="empty">Nothing saved yet.
  The heart on a product keeps it here, also for your next visit.</p>{{/if}}
""")

SESSION = _filled("""
<section class="block-of">
  <h3>Conversation id</h3>
  {{#if value.session_id}}<p class="id-line"><code id="session-id">{{value.session_id}}</code>
    <button type="button" class="tool round" data-do="copy" data-text="{{value.session_id}}"
      aria-label="Copy the conversation id">((copy))</button></p>
  {{else}}<p class="quiet">Given with your first message.</p>{{/if}}
</section>
<section class="block-of">
  <h3>What is kept</h3>
  {{#if value.record}}<p>Your words and photos, what was shown, your votes and the times they took, on this shop's own
    computer, so that the shop can learn from it. No name, no address.</p>
    <button type="button" data-do="set_record" data-on="">Do not keep this conversation</button>
  {{else}}<p>Nothing of this conversation is kept. It ends when you close the page.</p>
    <button type="button" data-do="set_record" data-on="1">Keep conversations from the next one on</button>{{/if}}
</section>
{{#if value.can_rate}}<section class="block-of">
  <h3 id="rate-title">How did it go?</h3>
  <form class="rating" data-do="rate_session">
    <div class="stars" role="radiogroup" aria-labelledby="rate-title">
    {{#each value.stars}}<label><input type="radio" name="stars" value="{{n}}" {{#if on}}checked{{/if}}
      aria-label="{{n}} of 5">((star))</label>{{/each}}</div>
    <textarea name="comment" rows="2" maxlength="2000" aria-label="Comment on the conversation"
      placeholder="Anything to add? (optional)">{{value.comment}}</textarea>
    <button type="submit" class="primary">Send rating</button>
    {{#if value.rated}}<p class="thanks" role="status">Thank you, kept.</p>{{/if}}
  </form>
</section>
<h3 class="last">Your transcript</h3>{{/if}}
""")

NOTICE = _filled("""
{{#if value.record}}<p>((info))
  <span>This conversation is kept so that the shop can learn<span class="more">: words, photos, votes</span>.</span>
  <button type="button" data-do="set_record" data-on="">Do not keep it</button></p>
{{else}}<p>((lock))<span>Nothing of this conversation is kept.</span></p>{{/if}}
""")

BUS = _filled("""
<div id="scrim" data-do="close_drawer" aria-hidden="true"></div>
<form id="vote-more" data-do="vote_more" hidden aria-label="Tell us more about your vote">
  <div class="vote-head"><b id="vote-title">Thank you.</b>
    <button type="button" class="tool round" data-do="close_vote" aria-label="Close">((close))</button></div>
  <div class="reasons" role="group" aria-label="Reason">{{#each reasons}}
    <label data-for="{{side}}"><input type="radio" name="reason" value="{{code}}"><span>{{label}}</span></label>
    {{/each}}</div>
  <div class="vote-line"><input name="comment" maxlength="2000" aria-label="Comment" placeholder="Say more (optional)"
    autocomplete="off"><button type="submit" class="primary">Send</button></div>
</form>
""")

STATUS = '<p class="sr" role="status" aria-live="polite">{{value.announce}}</p>'

CAMERA = _filled(
    '<button type="button" class="tool round" data-do="camera" aria-label="Take a photo" '
    'title="Take a photo">((camera))</button>'
)

STOP = _filled(
    '<button type="button" class="tool round" data-do="stop_turn" aria-label="Stop the answer" '
    'title="Stop the answer">((stop))</button>'
)

DRAWER_HEAD = _filled("""
<div class="drawer-bar"><h2 class="on-details">Details</h2><h2 class="on-saved">Saved</h2>
  <h2 class="on-session">This conversation</h2><h2 class="on-xray">X-ray</h2>
  <button type="button" class="tool round close-drawer" data-do="close_drawer" aria-label="Close panel">
    ((close))</button></div>
""")
