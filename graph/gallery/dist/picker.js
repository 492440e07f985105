var e=globalThis,t=e.ShadowRoot&&(e.ShadyCSS===void 0||e.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,n=Symbol(),r=/* @__PURE__ */ new WeakMap,i=class{constructor(e,t,r){if(this._$cssResult$=!0,r!==n)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,n=this.t;if(t&&e===void 0){let t=n!==void 0&&n.length===1;t&&(e=r.get(n)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),t&&r.set(n,e))}return e}toString(){return this.cssText}},a=e=>new i(typeof e==`string`?e:e+``,void 0,n),o=(e,...t)=>new i(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,n),s=(n,r)=>{if(t)n.adoptedStyleSheets=r.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let t of r){let r=document.createElement(`style`),i=e.litNonce;i!==void 0&&r.setAttribute(`nonce`,i),r.textContent=t.cssText,n.appendChild(r)}},c=t?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return a(t)})(e):e,{is:l,defineProperty:u,getOwnPropertyDescriptor:d,getOwnPropertyNames:f,getOwnPropertySymbols:p,getPrototypeOf:m}=Object,h=globalThis,g=h.trustedTypes,_=g?g.emptyScript:``,v=h.reactiveElementPolyfillSupport,y=(e,t)=>e,b={toAttribute(e,t){switch(t){case Boolean:e=e?_:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},x=(e,t)=>!l(e,t),S={attribute:!0,type:String,converter:b,reflect:!1,useDefault:!1,hasChanged:x};Symbol.metadata??=Symbol(`metadata`),h.litPropertyMetadata??=/* @__PURE__ */ new WeakMap;var C=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=S){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&u(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=d(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??S}static _$Ei(){if(this.hasOwnProperty(y(`elementProperties`)))return;let e=m(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(y(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(y(`properties`))){let e=this.properties,t=[...f(e),...p(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=/* @__PURE__ */ new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(c(e))}else e!==void 0&&t.push(c(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=/* @__PURE__ */ new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=/* @__PURE__ */ new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=/* @__PURE__ */ new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return s(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?b:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?b:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??x)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=/* @__PURE__ */ new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=/* @__PURE__ */ new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=/* @__PURE__ */ new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};C.elementStyles=[],C.shadowRootOptions={mode:`open`},C[y(`elementProperties`)]=/* @__PURE__ */ new Map,C[y(`finalized`)]=/* @__PURE__ */ new Map,v?.({ReactiveElement:C}),(h.reactiveElementVersions??=[]).push(`2.1.2`);var w=globalThis,ee=e=>e,te=w.trustedTypes,ne=te?te.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,re=`$lit$`,T=`lit$${Math.random().toFixed(9).slice(2)}$`,ie=`?`+T,ae=`<${ie}>`,E=document,oe=()=>E.createComment(``),se=e=>e===null||typeof e!=`object`&&typeof e!=`function`,ce=Array.isArray,le=e=>ce(e)||typeof e?.[Symbol.iterator]==`function`,ue=`[ 	
\f\r]`,de=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,fe=/-->/g,pe=/>/g,D=RegExp(`>|${ue}(?:([^\\s"'>=/]+)(${ue}*=${ue}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),me=/'/g,he=/"/g,ge=/^(?:script|style|textarea|title)$/i,_e=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),O=_e(1),k=_e(2),A=Symbol.for(`lit-noChange`),j=Symbol.for(`lit-nothing`),ve=/* @__PURE__ */ new WeakMap,M=E.createTreeWalker(E,129);function ye(e,t){if(!ce(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return ne===void 0?t:ne.createHTML(t)}var be=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=de;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===de?c[1]===`!--`?o=fe:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=D):(ge.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=D):o=pe:o===D?c[0]===`>`?(o=i??de,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?D:c[3]===`"`?he:me):o===he||o===me?o=D:o===fe||o===pe?o=de:(o=D,i=void 0);let d=o===D&&e[t+1].startsWith(`/>`)?` `:``;a+=o===de?n+ae:l>=0?(r.push(s),n.slice(0,l)+re+n.slice(l)+T+d):n+T+(l===-2?t:d)}return[ye(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},xe=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=be(t,n);if(this.el=e.createElement(l,r),M.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=M.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(re)){let t=u[o++],n=i.getAttribute(e).split(T),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?we:r[1]===`?`?Te:r[1]===`@`?Ee:P}),i.removeAttribute(e)}else e.startsWith(T)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(ge.test(i.tagName)){let e=i.textContent.split(T),t=e.length-1;if(t>0){i.textContent=te?te.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],oe()),M.nextNode(),c.push({type:2,index:++a});i.append(e[t],oe())}}}else if(i.nodeType===8){if(i.data===ie)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(T,e+1))!==-1;)c.push({type:7,index:a}),e+=T.length-1}}a++}}static createElement(e,t){let n=E.createElement(`template`);return n.innerHTML=e,n}};function N(e,t,n=e,r){if(t===A)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=se(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=N(e,i._$AS(e,t.values),i,r)),t}var Se=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??E).importNode(t,!0);M.currentNode=r;let i=M.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new Ce(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new De(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=M.nextNode(),a++)}return M.currentNode=E,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},Ce=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=j,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=N(this,e,t),se(e)?e===j||e==null||e===``?(this._$AH!==j&&this._$AR(),this._$AH=j):e!==this._$AH&&e!==A&&this._(e):e._$litType$===void 0?e.nodeType===void 0?le(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==j&&se(this._$AH)?this._$AA.nextSibling.data=e:this.T(E.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=xe.createElement(ye(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new Se(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=ve.get(e.strings);return t===void 0&&ve.set(e.strings,t=new xe(e)),t}k(t){ce(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(oe()),this.O(oe()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=ee(e).nextSibling;ee(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},P=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=j,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(/* @__PURE__ */ new String),this.strings=n):this._$AH=j}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=N(this,e,t,0),a=!se(e)||e!==this._$AH&&e!==A,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=N(this,r[n+o],t,o),s===A&&(s=this._$AH[o]),a||=!se(s)||s!==this._$AH[o],s===j?e=j:e!==j&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===j?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},we=class extends P{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===j?void 0:e}},Te=class extends P{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==j)}},Ee=class extends P{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=N(this,e,t,0)??j)===A)return;let n=this._$AH,r=e===j&&n!==j||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==j&&(n===j||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},De=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){N(this,e)}},Oe={M:re,P:T,A:ie,C:1,L:be,R:Se,D:le,V:N,I:Ce,H:P,N:Te,U:Ee,B:we,F:De},ke=w.litHtmlPolyfillSupport;ke?.(xe,Ce),(w.litHtmlVersions??=[]).push(`3.3.3`);var Ae=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new Ce(t.insertBefore(oe(),e),e,void 0,n??{})}return i._$AI(e),i},je=globalThis,F=class extends C{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Ae(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return A}};F._$litElement$=!0,F.finalized=!0,je.litElementHydrateSupport?.({LitElement:F});var Me=je.litElementPolyfillSupport;Me?.({LitElement:F}),(je.litElementVersions??=[]).push(`4.2.2`);var I=class extends String{constructor(e,t){super(e),this.value=e,this.__meta__=t}toString(){return this.value}};new I(`
    fragment CharacterCard on AvatarGroup {
  id
  groupId
  name
  genderCategory
  ownership
  status
  looksCount
  previewImageUrl
}
    `,{fragmentName:`CharacterCard`}),new I(`
    fragment VoiceItem on Voice {
  id
  voiceId
  name
  language
  genderCategory
  previewAudioUrl
}
    `,{fragmentName:`VoiceItem`}),new I(`
    fragment LookCard on AvatarLook {
  id
  lookId
  name
  avatarType
  groupId
  tags
  supportedApiEngines
  previewImageUrl
  previewVideoUrl
  imageWidth
  imageHeight
  aspectRatio
  preferredOrientation
  defaultVoiceId
  status
  error {
    message
  }
  readiness {
    state
    reason
  }
}
    `,{fragmentName:`LookCard`});var Ne=new I(`
    query PickerCharacters($first: Int!, $after: String, $ownership: Ownership, $search: String, $filter: AvatarGroupFilter, $orderBy: AvatarGroupOrder, $counts: Boolean!, $owners: Boolean! = true) {
  avatarGroups(
    first: $first
    after: $after
    ownership: $ownership
    search: $search
    filter: $filter
    orderBy: $orderBy
  ) {
    nodes {
      ...CharacterCard
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount @include(if: $counts)
    facets @include(if: $counts) {
      gender {
        value
        count
      }
      status {
        value
        count
      }
    }
  }
  ... @include(if: $counts) {
    public: avatarGroups(
      first: 0
      ownership: PUBLIC
      search: $search
      filter: $filter
    ) @include(if: $owners) {
      totalCount
    }
    private: avatarGroups(
      first: 0
      ownership: PRIVATE
      search: $search
      filter: $filter
    ) @include(if: $owners) {
      totalCount
    }
  }
}
    fragment CharacterCard on AvatarGroup {
  id
  groupId
  name
  genderCategory
  ownership
  status
  looksCount
  previewImageUrl
}`,{hash:`1a4f88924b4f3c272ba8d48f1b4807cf3c53ca3300e6d03159b589f99019e4e1`}),Pe=new I(`
    query PickerCharacter($id: ID!, $looks: Int!, $search: String, $filter: AvatarLookFilter) {
  avatarGroup(id: $id) {
    ...CharacterCard
    defaultVoice {
      ...VoiceItem
    }
    looks(first: $looks, search: $search, filter: $filter) {
      nodes {
        ...LookCard
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
}
    fragment CharacterCard on AvatarGroup {
  id
  groupId
  name
  genderCategory
  ownership
  status
  looksCount
  previewImageUrl
}
fragment VoiceItem on Voice {
  id
  voiceId
  name
  language
  genderCategory
  previewAudioUrl
}
fragment LookCard on AvatarLook {
  id
  lookId
  name
  avatarType
  groupId
  tags
  supportedApiEngines
  previewImageUrl
  previewVideoUrl
  imageWidth
  imageHeight
  aspectRatio
  preferredOrientation
  defaultVoiceId
  status
  error {
    message
  }
  readiness {
    state
    reason
  }
}`,{hash:`a57519010b89eca00391f45c4f038974a65aeafc0804dcb5b26f267a58b8e911`}),Fe=new I(`
    query PickerLooks($id: ID!, $first: Int!, $after: String, $search: String, $filter: AvatarLookFilter) {
  avatarGroup(id: $id) {
    looks(first: $first, after: $after, search: $search, filter: $filter) {
      nodes {
        ...LookCard
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
}
    fragment LookCard on AvatarLook {
  id
  lookId
  name
  avatarType
  groupId
  tags
  supportedApiEngines
  previewImageUrl
  previewVideoUrl
  imageWidth
  imageHeight
  aspectRatio
  preferredOrientation
  defaultVoiceId
  status
  error {
    message
  }
  readiness {
    state
    reason
  }
}`,{hash:`c6d6fd57f9c911df044f80698e796ca705a49acbb2b3e437fb654341f74a555b`}),Ie=new I(`
    query PickerLook($id: ID!) {
  avatarLook(id: $id) {
    ...LookCard
    defaultVoice {
      ...VoiceItem
    }
    group {
      ...CharacterCard
    }
  }
}
    fragment CharacterCard on AvatarGroup {
  id
  groupId
  name
  genderCategory
  ownership
  status
  looksCount
  previewImageUrl
}
fragment VoiceItem on Voice {
  id
  voiceId
  name
  language
  genderCategory
  previewAudioUrl
}
fragment LookCard on AvatarLook {
  id
  lookId
  name
  avatarType
  groupId
  tags
  supportedApiEngines
  previewImageUrl
  previewVideoUrl
  imageWidth
  imageHeight
  aspectRatio
  preferredOrientation
  defaultVoiceId
  status
  error {
    message
  }
  readiness {
    state
    reason
  }
}`,{hash:`d27218506d730420ae6e447db74b57801a5ea8ef0590550c2b231f4606a10694`}),Le=new I(`
    query PickerVoices($first: Int!, $after: String, $type: VoiceType, $search: String, $language: String, $gender: String) {
  voices(
    first: $first
    after: $after
    type: $type
    search: $search
    language: $language
    gender: $gender
  ) {
    nodes {
      ...VoiceItem
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment VoiceItem on Voice {
  id
  voiceId
  name
  language
  genderCategory
  previewAudioUrl
}`,{hash:`1739e4de4a5120e76940295a63337c971fcbdacd65dbe6e70a806c74370cd3b9`}),Re=new I(`
    query PickerVoice($id: ID!) {
  voice(id: $id) {
    ...VoiceItem
  }
}
    fragment VoiceItem on Voice {
  id
  voiceId
  name
  language
  genderCategory
  previewAudioUrl
}`,{hash:`419ab40540e600de435a69461578b18927305fd04e6245e8d5c5051dd3e337dd`}),ze=new I(`
    subscription PickerLookChanged($id: ID!) {
  avatarLookChanged(id: $id) {
    ...LookCard
  }
}
    fragment LookCard on AvatarLook {
  id
  lookId
  name
  avatarType
  groupId
  tags
  supportedApiEngines
  previewImageUrl
  previewVideoUrl
  imageWidth
  imageHeight
  aspectRatio
  preferredOrientation
  defaultVoiceId
  status
  error {
    message
  }
  readiness {
    state
    reason
  }
}`,{hash:`7c512f398a27d5df7b992411a5586fdb18b340819792a502743f1c6dc76093a0`}),Be=new I(`
    subscription PickerCharacterChanged($id: ID!) {
  avatarGroupChanged(id: $id) {
    ...CharacterCard
  }
}
    fragment CharacterCard on AvatarGroup {
  id
  groupId
  name
  genderCategory
  ownership
  status
  looksCount
  previewImageUrl
}`,{hash:`ce36e0df8802a11f63231c7aa0a7bf5127ceea55afa25f463e3846176a3c1192`}),L=class extends Error{constructor(e,t,{status:n,retryAfter:r,path:i,cause:a}={}){super(t,a===void 0?void 0:{cause:a}),this.name=`PickerError`,this.code=e,n!==void 0&&(this.status=n),r!==void 0&&(this.retryAfter=r),i&&(this.path=[...i])}};function Ve(e,t={}){let{code:n,retryAfter:r}=e.extensions??{};return new L(n??qe(t.status),e.message,{...t,retryAfter:Number.isFinite(r)?r:t.retryAfter,path:e.path})}function He(e,t={}){let n=e>=400?`HTTP status ${e}`:`The response is not a GraphQL response.`;return new L(qe(e),n,{...t,status:e})}function Ue(e){let t=globalThis.navigator?.onLine===!1,n=e instanceof Error?e.message:String(e);return new L(t?`OFFLINE`:`NETWORK_ERROR`,n,{cause:e})}function R(e,t,n){let r=e.find(({path:e})=>e?.[0]===t&&(n===void 0||e[1]===n));return r?Ve(r):null}function We(){return new L(`UPSTREAM_INVALID_RESPONSE`,`The pages of the list repeat the same items.`)}function Ge(e){return new L(`NETWORK_ERROR`,`The response has no ${e}.`)}function z(e){return e instanceof L?e:Ue(e)}function Ke(e){if(!e)return;let t=/^\d+$/.test(e)?Number(e):Math.ceil((Date.parse(e)-Date.now())/1e3);return Number.isNaN(t)?void 0:Math.max(0,t)}function qe(e){switch(e){case 401:return`UNAUTHENTICATED`;case 403:return`FORBIDDEN`;case 429:return`RATE_LIMITED`;default:return`NETWORK_ERROR`}}function Je({code:e}){return e===`CURSOR_EXPIRED`||e===`INVALID_CURSOR`}var Ye=class extends EventTarget{constructor(...e){super(...e),this.items=[],this.complete=!1,this.loading=!1,this.error=null,this.#e=null,this.#t=null,this.#n=/* @__PURE__ */ new Set,this.#r=null}#e;#t;#n;#r;setQuery(e){this.#r?.abort(),this.items=[],this.complete=!1,this.#e=e,this.#t=null,this.#n.clear(),this.#i(e)}loadMore(){this.#e===null||this.loading||this.complete||this.error||this.#i(this.#e)}retry(){this.#e!==null&&this.error&&this.#i(this.#e)}close(){this.#r?.abort(),this.#e=null,this.loading=!1,this.dispatchEvent(new Event(`close`))}changed(){this.dispatchEvent(new Event(`change`))}async#i(e){let t=new AbortController;this.#r=t;let{signal:n}=t;this.loading=!0,this.error=null,this.changed();try{await this.#a(e,n)}catch(e){n.aborted||(this.error=z(e))}n.aborted||(this.loading=!1,this.changed())}async#a(e,t){let n=!1;for(let r=0;;r++){if(r===3)throw We();let i;try{i=await this.fetchPage(e,this.#t,t)}catch(e){if(t.aborted||n||this.#t===null||!Je(z(e)))throw e;n=!0,this.#t=null,r=-1;continue}if(t.aborted)return;let a=i?.nodes.filter(({id:e})=>!this.#n.has(e)&&this.#n.add(e))??[];if(this.items=[...this.items,...a],this.#t=i?.endCursor??null,this.complete=!i?.hasNextPage||i.endCursor===null,a.length>0||this.complete)return}}replaceItem(e){this.#n.has(e.id)&&(this.items=this.items.map(t=>t.id===e.id?e:t),this.changed())}},Xe=class{#e;#t;#n;constructor(e){this.complete=!1,this.#t=[],this.#n=null,this.#e=e}get length(){return this.#t.length}get count(){return this.#t.reduce((e,{count:t})=>e+t,0)}clear(){this.#t=[],this.#n=null,this.complete=!1}at(e){let t=0;for(let{count:n,items:r}of this.#t){if(e<t+n)return r?.[e-t];t+=n}}cursor(e){return e<this.#t.length?this.#t[e].after:this.#n}missing(e,t,n){let[r,i]=this.#r(e,t);for(let e=r;e<=i;e++)if(this.#t[e]?.items===null)return e;return!this.complete&&(n||t>=this.count)?this.#t.length:null}store(e,t,n){let r=this.#t[e],i=this.cursor(e),{items:a}=t,o=r?a.findIndex(({id:e})=>e===r.lastId):-1;o>=0&&e<this.#t.length-1?a=a.slice(0,o+1):(this.#t.length=Math.min(this.#t.length,e),this.#n=t.endCursor,this.complete=!t.hasNextPage||t.endCursor===null);let s=a.at(-1)?.id,c=new Set(this.#t.flatMap((t,n)=>n===e?[]:(t.items??[]).map(({id:e})=>e)));return a=a.filter(({id:e})=>!c.has(e)&&c.add(e)),this.#t[e]={after:i,count:a.length,lastId:s,items:a},this.#i(n),a.length}#r(e,t){let n=[],r=0;this.#t.forEach(({count:i},a)=>{r<=t&&r+i>e&&n.push(a),r+=i});let i=n[0]??this.#t.length;return[i,Math.min(n.at(-1)??i,i+this.#e-1)]}#i([e,t]){let n=this.#t.flatMap(({items:e},t)=>e?[t]:[]);if(n.length<=this.#e)return;let[r,i]=this.#r(e,t),a=e=>Math.max(r-e,e-i,0);n.sort((e,t)=>a(e)-a(t));for(let e of n.slice(this.#e))this.#t[e].items=null}},Ze={relevance:null,name:{field:`NAME`,direction:`ASC`},newest:{field:`CREATED_AT`,direction:`DESC`},looks:{field:`LOOKS_COUNT`,direction:`DESC`}},Qe=class extends EventTarget{#e;#t;#n;#r;#i;#a;#o;#s;#c;#l;#u;#d;constructor(e,{pageSize:t=48,maxPages:n=12}={}){super(),this.loading=!1,this.error=null,this.total=null,this.facets=null,this.#r=null,this.#i=[0,0],this.#a=!1,this.#o=!1,this.#s=1/0,this.#c=0,this.#l=!1,this.#u=!0,this.#d=new AbortController,this.#e=e,this.#t=t,this.#n=new Xe(n)}get loaded(){return this.#n.count}get complete(){return this.#n.complete}at(e){return this.#n.at(e)}setQuery(e){this.#d.abort(),this.#d=new AbortController,this.#n.clear(),this.#r=e,this.#i=[0,0],this.#a=this.#o=this.#l=this.loading=!1,this.#c=0,this.#s=1/0,this.error=this.total=this.facets=null,this.#p()}loadMore(){this.loading||this.complete||this.error||(this.#a=!0,this.ensure(this.loaded,this.loaded))}ensure(e,t){this.#i=[e,t],this.#p()}retry(){this.#r&&!this.loading&&(this.error&&(this.error=null,this.#s=1/0,this.#c=0,this.#p()),this.loaded>0&&this.total===null&&!this.#l&&this.#v())}close(){this.#d.abort(),this.#r=null,this.loading=!1}#f(){this.dispatchEvent(new Event(`change`))}#p(){if(!this.#r||this.loading||this.error)return;let[e,t]=this.#i,n=this.#o?0:this.#n.missing(e,t,this.#a);n!==null&&this.#m(this.#r,n)}async#m(e,t){let{signal:n}=this.#d,r=this.#n.cursor(t),i=this.#o||this.#n.length===0,a=i&&$e(e);this.loading=!0,this.#f();try{let i={...et(e),first:this.#t,after:r,counts:a},{data:o,errors:s}=await this.#h(i,n);if(n.aborted)return;if(!o.avatarGroups)throw R(s,`avatarGroups`)??Ge(`avatarGroups`);this.#g(t,{items:o.avatarGroups.nodes,...o.avatarGroups.pageInfo}),a&&this.#y(o)}catch(e){if(n.aborted)return;this.#_(z(e),r)}this.loading=!1,i&&!a&&!this.error&&this.#v(),this.#p(),this.#f()}async#h(e,t){let n=this.#u;try{return await this.#e.request(Ne,n?e:{...e,owners:n},t)}catch(r){if(!n||!e.counts||z(r).code!==`QUERY_TOO_COMPLEX`)throw r;return this.#u=!1,this.#h(e,t)}}#g(e,t){this.#o&&this.#n.clear(),this.#o=!1,this.#s++;let n=e===this.#n.length,r=this.#n.store(e,t,this.#i);if(n&&r>0&&(this.#a=!1),this.#c=n&&r===0?this.#c+1:0,this.#c===3&&!this.complete)throw We()}#_(e,t){t!==null&&Je(e)&&this.#s>1?(this.#o=!0,this.#s=0):this.error=e}async#v(){let{signal:e}=this.#d,t={...et(this.#r),first:0,counts:!0};this.#l=!0;try{let{data:n}=await this.#h(t,e);e.aborted||this.#y(n)}catch{e.aborted||(this.total=this.facets=null)}e.aborted||(this.#l=!1,this.#f())}#y({avatarGroups:e,...t}){this.total=e?.totalCount??null;let n=[];t.public?.totalCount!=null&&n.push({value:`PUBLIC`,count:t.public.totalCount}),t.private?.totalCount!=null&&n.push({value:`PRIVATE`,count:t.private.totalCount}),this.facets=e?.facets?{...e.facets,ownership:n}:null}};function $e({search:e,gender:t,status:n,order:r}){return e.trim()!==``||t.length>0||n.length>0||r!==`relevance`}function et(e){let{search:t,gender:n,status:r,ownership:i,order:a}=e,o=n.length>0||r.length>0?{gender:n,status:r}:null;return{ownership:i,search:t.trim()||null,filter:o,orderBy:Ze[a]}}function tt(e,t){let{status:n}=e,r=Ke(e.headers.get(`Retry-After`)),i;try{i=JSON.parse(t)}catch(e){throw He(n,{retryAfter:r,cause:e})}let a=Array.isArray(i?.errors)?i.errors:[];if(e.ok&&i?.data)return{data:i.data,errors:a};throw a[0]?Ve(a[0],{status:n,retryAfter:r}):He(n,{retryAfter:r})}function nt(e){return typeof e==`object`&&!!e}var rt=`x-graphql-event-stream-token`;function it(e){if(e=e,e!==`next`&&e!==`complete`)throw Error(`Invalid stream event "${e}"`);return e}function at(e,t){if(t)try{t=JSON.parse(t)}catch{throw Error(`Invalid stream data`)}if(e===`next`&&!t)throw Error(`Stream data must be an object for "next" events`);return t||null}var B;(function(e){e[e.NewLine=10]=`NewLine`,e[e.CarriageReturn=13]=`CarriageReturn`,e[e.Space=32]=`Space`,e[e.Colon=58]=`Colon`})(B||={});function ot(){let e,t,n,r=!1,i={event:``,data:``},a=[],o=new TextDecoder;return function(s){if(e===void 0)e=s,t=0,n=-1;else{let t=new Uint8Array(e.length+s.length);t.set(e),t.set(s,e.length),e=t}let c=e.length,l=0;for(;t<c;){r&&=(e[t]===B.NewLine&&(l=++t),!1);let s=-1;for(;t<c&&s===-1;++t)switch(e[t]){case B.Colon:n===-1&&(n=t-l);break;case B.CarriageReturn:r=!0;case B.NewLine:s=t}if(s===-1)break;if(l===s){if(i.event||i.data){if(!i.event)throw Error(`Missing message event`);let e=it(i.event),t=at(e,i.data);a.push({event:e,data:t}),i={event:``,data:``}}}else if(n>0){let t=e.subarray(l,s),r=o.decode(t.subarray(0,n)),a=n+(t[n+1]===B.Space?2:1),c=o.decode(t.subarray(a));switch(r){case`event`:i.event=c;break;case`data`:i.data=i.data?i.data+`
`+c:c}}l=t,n=-1}if(l===c){e=void 0;let t=[...a];return a=[],t}l!==0&&(e=e.subarray(l),t-=l)}}function st(e){let{singleConnection:t=!1,lazy:n=!0,lazyCloseTimeout:r=0,onNonLazyError:i=console.error,generateID:a=function(){return`xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx`.replace(/[xy]/g,e=>{let t=Math.random()*16|0;return(e==`x`?t:t&3|8).toString(16)})},retryAttempts:o=5,retry:s=async function(e){let t=1e3;for(let n=0;n<e;n++)t*=2;await new Promise(e=>setTimeout(e,t+Math.floor(Math.random()*2700+300)))},credentials:c=`same-origin`,referrer:l,referrerPolicy:u,onMessage:d,on:f}=e,p=e.fetchFn||fetch,m=e.abortControllerImpl||AbortController,h=(()=>{let e=!1,t=[];return{get disposed(){return e},onDispose(n){return e?(setTimeout(()=>n(),0),()=>{}):(t.push(n),()=>{t.splice(t.indexOf(n),1)})},dispose(){if(!e){e=!0;for(let e of[...t])e()}}}})(),g,_,v=0,y=null,b=0;async function x(){try{if(h.disposed)throw Error(`Client has been disposed`);return await(_??=(async()=>{var t,n;if(y){if(await s(b),g.signal.aborted)throw Error(`Connection aborted by the client`);b++}(t=f?.connecting)==null||t.call(f,!!y),g=new m;let r=h.onDispose(()=>g.abort());g.signal.addEventListener(`abort`,()=>{r(),_=void 0});let i=e,a=typeof i.url==`function`?await i.url(void 0):i.url;if(g.signal.aborted)throw Error(`Connection aborted by the client`);let o=typeof i.headers==`function`?await i.headers(void 0):i.headers??{};if(g.signal.aborted)throw Error(`Connection aborted by the client`);let v;try{v=await p(a,{signal:g.signal,method:`PUT`,credentials:c,referrer:l,referrerPolicy:u,headers:o})}catch(e){throw new V(e)}if(v.status!==201)throw new V(v);o[rt]=await v.text();let x=await lt({signal:g.signal,headers:o,credentials:c,referrer:l,referrerPolicy:u,url:a,fetchFn:p,onMessage:e=>{var t;(t=f?.message)==null||t.call(f,e),d?.(e)}});return(n=f?.connected)==null||n.call(f,!!y),x.waitForThrow().catch(()=>_=void 0),x})())}catch(e){throw _=void 0,e}}t&&!n&&(async()=>{for(v++;;)try{let{waitForThrow:e}=await x();await e()}catch(e){if(h.disposed)return;if(!(e instanceof V)||(_=void 0,!o||b>=o))return i?.(e);y=e}})();function S(i,S,C){if(!t){let t=new m,n=h.onDispose(()=>{n(),t.abort()});return(async()=>{var n,r,a,m;let h=null,g=0;for(;;)try{if(h){if(await s(g),t.signal.aborted)throw Error(`Connection aborted by the client`);g++}(n=f?.connecting)==null||n.call(f,!!h),(r=C?.connecting)==null||r.call(C,!!h);let o=e,_=typeof o.url==`function`?await o.url(i):o.url;if(t.signal.aborted)throw Error(`Connection aborted by the client`);let v=typeof o.headers==`function`?await o.headers(i):o.headers??{};if(t.signal.aborted)throw Error(`Connection aborted by the client`);let{getResults:y}=await lt({signal:t.signal,headers:{...v,"content-type":`application/json; charset=utf-8`},credentials:c,referrer:l,referrerPolicy:u,url:_,body:JSON.stringify(i),fetchFn:p,onMessage:e=>{var t,n;(t=f?.message)==null||t.call(f,e),(n=C?.message)==null||n.call(C,e),d?.(e)}});(a=f?.connected)==null||a.call(f,!!h),(m=C?.connected)==null||m.call(C,!!h);for await(let e of y())h=null,g=0,S.next(e);return t.abort()}catch(e){if(t.signal.aborted)return;if(!(e instanceof V)||!o||g>=o)throw e;h=e}})().then(()=>S.complete()).catch(e=>S.error(e)),()=>t.abort()}v++;let w=new m,ee=h.onDispose(()=>{ee(),w.abort()});return(async()=>{let e=a();i={...i,extensions:{...i.extensions,operationId:e}};let t=null;for(;;){t=null;try{let{url:n,headers:r,getResults:a}=await x(),o;try{o=await p(n,{signal:w.signal,method:`POST`,credentials:c,referrer:l,referrerPolicy:u,headers:{...r,"content-type":`application/json; charset=utf-8`},body:JSON.stringify(i)})}catch(e){throw new V(e)}if(o.status!==202)throw new V(o);t=async()=>{let t;try{let i=new m,a=h.onDispose(()=>{a(),i.abort()});t=await p(n+`?operationId=`+e,{signal:i.signal,method:`DELETE`,credentials:c,referrer:l,referrerPolicy:u,headers:r})}catch(e){throw new V(e)}if(t.status!==200)throw new V(t)};for await(let t of a({signal:w.signal,operationId:e}))y=null,b=0,S.next(t);return t=null,w.abort()}catch(e){if(w.signal.aborted)return await t?.();if(!(e instanceof V)||(n&&(_=void 0),!o||b>=o))throw w.abort(),e;y=e}finally{w.signal.aborted&&--v===0&&(isFinite(r)&&r>0?setTimeout(()=>{v||g.abort()},r):g.abort())}}})().then(()=>S.complete()).catch(e=>S.error(e)),()=>w.abort()}return{subscribe:S,iterate(e,t){let n=[],r={done:!1,error:null,resolve:()=>{}},i=S(e,{next(e){n.push(e),r.resolve()},error(e){r.done=!0,r.error=e,r.resolve()},complete(){r.done=!0,r.resolve()}},t),a=(async function*(){for(;;){for(n.length||await new Promise(e=>r.resolve=e);n.length;)yield n.shift();if(r.error)throw r.error;if(r.done)return}})();return a.throw=async e=>(r.done||(r.done=!0,r.error=e,r.resolve()),{done:!0,value:void 0}),a.return=async()=>(i(),{done:!0,value:void 0}),a},dispose(){h.dispose()}}}var V=class extends Error{constructor(e){let t,n;ct(e)?(n=e,t=`Server responded with `+e.status+`: `+e.statusText):t=e instanceof Error?e.message:String(e),super(t),this.name=this.constructor.name,this.response=n}};function ct(e){return nt(e)&&typeof e.ok==`boolean`&&typeof e.status==`number`&&typeof e.statusText==`string`}async function lt(e){let{signal:t,url:n,credentials:r,headers:i,body:a,referrer:o,referrerPolicy:s,fetchFn:c,onMessage:l}=e,u={},d={},f;try{f=await c(n,{signal:t,method:a?`POST`:`GET`,credentials:r,referrer:o,referrerPolicy:s,headers:{...i,accept:`text/event-stream`},body:a})}catch(e){throw new V(e)}if(!f.ok)throw new V(f);if(!f.body)throw Error(`Missing response body`);let p=null,m;return(async()=>{var e;try{let t=ot();for await(let n of ut(f.body)){if(typeof n==`string`)throw p=/* @__PURE__ */ Error(`Unexpected string chunk "${n}"`);let r;try{r=t(n)}catch(e){throw p=e}if(r)for(let t of r){try{l?.(t)}catch(e){throw p=e}let n=t.data&&`id`in t.data?t.data.id:``;switch(n in d||(d[n]=[]),t.event){case`next`:n?d[n].push(t.data.payload):d[n].push(t.data);break;case`complete`:d[n].push(`complete`);break;default:throw p=/* @__PURE__ */ Error(`Unexpected message event "${t.event}"`)}(e=u[n])==null||e.proceed()}}if(Object.keys(u).length)throw Error(`Connection closed while having active streams`)}catch(e){p=!p&&Object.keys(u).length?new V(e):e,m?.(p)}finally{Object.values(u).forEach(({proceed:e})=>e())}})(),{url:n,headers:i,waitForThrow:()=>new Promise((e,t)=>{if(p)return t(p);m=t}),async*getResults(e){let{signal:t,operationId:n=``}=e??{};try{for(;;){for(;d[n]?.length;){let e=d[n].shift();if(e===`complete`)return;yield e}if(p)throw p;if(t?.aborted)throw Error(`Getting results aborted by the client`);await new Promise(e=>{let r=()=>{t?.removeEventListener(`abort`,r),delete u[n],e()};t?.addEventListener(`abort`,r),u[n]={proceed:r}})}}finally{delete d[n]}}}}function ut(e){return typeof Object(e)[Symbol.asyncIterator]==`function`?(e=e,e):(async function*(){let t=e.getReader(),n;do n=await t.read(),n.value!==void 0&&(yield n.value);while(!n.done)})()}var dt=3e4,ft=86400,pt=/* @__PURE__ */ new Set([`NETWORK_ERROR`,`OFFLINE`,`RATE_LIMITED`,`OVERLOADED`,`UPSTREAM_TIMEOUT`,`UPSTREAM_UNAVAILABLE`]);async function*mt(e,t,n=new AbortController().signal){for(let r=0;!n.aborted;r++)try{for await(let{data:i,errors:a}of ht(e,t,n)){let e=a?.[0];if(e&&!vt(i))throw Ve(e);r=0,i&&(yield i)}return}catch(e){if(n.aborted)return;let t=z(e);if(!_t(t))throw t;await yt(r,t.retryAfter,n)}}async function*ht(e,t,n){let r,i=st({url:e.endpoint,headers:e.headers,retryAttempts:0,fetchFn:async(t,n)=>{try{return await gt(e.fetch,t,n)}catch(e){throw r=z(e),e}}}),a=()=>i.dispose();n.addEventListener(`abort`,a);try{yield*i.iterate(t)}catch(e){throw r??Ue(e)}finally{n.removeEventListener(`abort`,a),a()}}async function gt(e,t,n){let r=await e(t,{...n,redirect:`error`});if(!r.ok||!r.headers.get(`Content-Type`)?.startsWith(`text/event-stream`))throw tt(r,await r.text()),He(r.status);let i=new TransformStream({flush:()=>new Promise(e=>setTimeout(e))});return new Response(r.body?.pipeThrough(i),r)}function _t({code:e,status:t=0}){return pt.has(e)&&(t<400||t===408||t===429||t>=500)}function vt(e){return!!e&&Object.values(e).some(e=>e!==null)}function yt(e,t=0,n){let r=Math.min(1e3*2**e,dt)*(.5+Math.random()/2);return new Promise(e=>{let i=()=>{clearTimeout(a),n.removeEventListener(`abort`,i),e()},a=setTimeout(i,Math.max(r,Math.min(t,ft)*1e3));n.addEventListener(`abort`,i)})}var bt=[`PERSISTED_QUERY_NOT_FOUND`,`DOCUMENT_NOT_TRUSTED`],xt=class{#e;#t;#n=!1;constructor({endpoint:e,token:t,apiKey:n,fetch:r}){this.endpoint=e,this.#t=r??((e,t)=>globalThis.fetch(e,t)),this.#e={"GraphQL-Client-Name":`heygen-avatar-picker`},t&&(this.#e.Authorization=`Bearer ${t}`),n&&(this.#e[`X-Api-Key`]=n)}async request(e,t,n){let r=this.#n;try{return await this.#a(e,t,n)}catch(i){if(!this.#r(i,r))throw i;return this.#a(e,t,n)}}async*watch(e,t,n){let r;do{r=this.#n;try{yield*mt({endpoint:this.endpoint,headers:this.#e,fetch:this.#t},this.#i(e,t),n);return}catch(e){if(!this.#r(e,r))throw e}}while(!r)}#r(e,t){return t||!(e instanceof L)||!bt.includes(e.code)?!1:(this.#n=!0,!0)}#i(e,t){let n=e.__meta__?.hash;return this.#n||!n?{query:e.toString(),variables:t}:{documentId:n,variables:t}}async#a(e,t,n){let r,i;try{r=await this.#t(this.endpoint,{method:`POST`,redirect:`error`,headers:{...this.#e,"Content-Type":`application/json`,Accept:`application/graphql-response+json, application/json;q=0.9`},body:JSON.stringify(this.#i(e,t)),...n&&{signal:n}}),i=await r.text()}catch(e){throw n?.aborted||e instanceof Error&&e.name===`AbortError`?e:Ue(e)}return tt(r,i)}},St={en:{label:`Avatar picker`,search:`Search avatars`,searchClear:`Clear search`,filters:`Filters`,gender:`Gender`,genderFEMALE:`Female`,genderMALE:`Male`,genderOTHER:`Other`,genderUNKNOWN:`Not stated`,status:`Status`,statusCOMPLETED:`Training completed`,statusPROCESSING:`Training`,statusPENDING_CONSENT:`Waiting for consent`,statusFAILED:`Training failed`,statusUNKNOWN:`Unknown`,ownership:`Owner`,ownershipAll:`All`,ownershipPUBLIC:`Public`,ownershipPRIVATE:`Private`,order:`Order`,orderDefault:`Recommended`,orderRelevance:`Most relevant`,orderName:`Name`,orderNewest:`Newest first`,orderLooks:`Most looks`,clearFilters:`Clear search and filters`,total:{one:`{count} avatar`,other:`{count} avatars`},loading:`Loading…`,avatars:`Avatars`,looks:{one:`{count} look`,other:`{count} looks`},loadMore:`Load more`,shown:`Showing {shown} of {total}`,shownSome:`Showing {shown}`,empty:`No avatars found`,emptyFilters:`No avatar matches your search and filters.`,emptySearch:`Search finds avatars by name. Outfits and places are looks of an avatar.`,lookSearchStart:`Search looks for “{search}”`,lookSearchActive:`Looks are searched for “{search}” when you open an avatar.`,emptyAccount:`The HeyGen account has no avatars here yet.`,offline:`You are offline. The picker continues when you are connected again.`,retry:`Retry`,errorTitle:`The avatars could not be loaded`,error_RATE_LIMITED:{one:`Too many requests. Retry in {count} second.`,other:`Too many requests. Retry in {count} seconds.`},error_RATE_LIMITED_SOON:`Too many requests. Wait a moment, then retry.`,error_UNAUTHENTICATED:`Your access was rejected. Sign in again, or enter a valid token or key.`,error_FORBIDDEN:`The HeyGen key lacks permission for this. Ask the administrator for access.`,error_PAYMENT_REQUIRED:`The HeyGen account lacks the credit or the plan for this. Check its subscription.`,error_UPSTREAM_UNAUTHENTICATED:`HeyGen rejected the key of the server. The administrator must enter a valid one.`,error_UPSTREAM_UNAUTHENTICATED_OWN:`HeyGen rejected your key. Enter a valid one.`,error_CATALOGUE_TOO_LARGE:`There are too many avatars to search, filter or count. Clear search and filters to browse.`,error_OVERLOADED:`The server is busy. Wait a few seconds, then retry.`,error_UPSTREAM_TIMEOUT:`HeyGen did not respond in time. Retry in a moment.`,error_UPSTREAM_UNAVAILABLE:`HeyGen is not available. Retry in a few minutes.`,error_UPSTREAM_INVALID_RESPONSE:`HeyGen sent an unusable response. Retry, or ask the administrator.`,error_NETWORK_ERROR:`The server could not be reached. Check your connection and the address, then retry.`,error_OFFLINE:`You are offline. Check your connection.`,error_BAD_USER_INPUT:`The server cannot use this search or filter. Change it, then retry.`,error_CURSOR_EXPIRED:`The list has changed. Retry to start again.`,error_PAGINATION_TOO_DEEP:`The list is too long to browse to its end. Search or filter to find more.`,error_DOCUMENT_NOT_TRUSTED:`This version of the picker does not match the server. Reload the page.`,error_QUERY_TOO_COMPLEX:`The limits of the server are too low for the picker. Ask the administrator.`,error_ABORTED:`The selection was canceled.`,error_NOT_FOUND:`This avatar no longer exists. Choose another.`,error_INTERNAL:`An error occurred in the server. Retry, or ask the administrator.`,error_UNKNOWN:`Something went wrong ({code}). Retry, or ask the administrator.`,previewsHidden:`Previews load from other servers, which see your IP address.`,previewsShow:`Show previews`,private:`Private`,chosen:`Chosen`,chosenLook:`Chosen: {name}`,chosenShow:`Show`,chosenRemove:`Remove`,close:`Close`,searchLooks:`Search looks`,readyOnly:`Ready only`,orientation:`Orientation`,orientationAll:`All orientations`,orientationPORTRAIT:`Portrait`,orientationLANDSCAPE:`Landscape`,orientationSQUARE:`Square`,size:`{width} × {height} pixels`,ready:`Ready`,readyUNKNOWN:`Readiness unknown`,reasonPROCESSING:`Training…`,reasonPENDING_CONSENT:`Waiting for consent`,reasonFAILED:`Training failed`,reasonFAILEDbecause:`Training failed: {reason}`,reasonNO_PREVIEW:`No preview yet`,reasonNO_DIMENSIONS:`No image size yet`,reasonOTHER:`Not ready yet`,engines:`Engines: {engines}`,looksOf:`Looks of {name}`,looksEmpty:`No look matches the search and filters.`,looksNone:`This avatar has no looks yet.`,playPreview:`Play the preview of {name}`,stopPreview:`Stop the preview of {name}`,voice:`Voice`,voiceNone:`No voice chosen`,voiceUnnamed:`Unnamed voice`,voiceDefault:`Default voice`,voiceChange:`Change voice`,voiceDone:`Close voices`,voiceReset:`Use the default voice`,voicePlay:`Play {name}`,voiceStop:`Stop {name}`,voiceChoose:`Choose`,voiceChooseNamed:`Choose the voice {name}`,voiceSearch:`Search voices`,voiceLanguage:`Language`,voiceLanguageAny:`Any language`,voiceGenderAny:`Any gender`,voices:`Voices`,voicesEmpty:`No voice matches.`,voiceFailed:`The sample could not be played.`,required:`Choose an avatar.`},de:{label:`Avatar-Auswahl`,search:`Avatare suchen`,searchClear:`Suche löschen`,filters:`Filter`,gender:`Geschlecht`,genderFEMALE:`Weiblich`,genderMALE:`Männlich`,genderOTHER:`Anderes`,genderUNKNOWN:`Ohne Angabe`,status:`Status`,statusCOMPLETED:`Training beendet`,statusPROCESSING:`Im Training`,statusPENDING_CONSENT:`Einwilligung steht aus`,statusFAILED:`Training fehlgeschlagen`,statusUNKNOWN:`Unbekannt`,ownership:`Eigentümer`,ownershipAll:`Alle`,ownershipPUBLIC:`Öffentlich`,ownershipPRIVATE:`Privat`,order:`Reihenfolge`,orderDefault:`Empfohlen`,orderRelevance:`Beste Treffer`,orderName:`Name`,orderNewest:`Neueste zuerst`,orderLooks:`Meiste Looks`,clearFilters:`Suche und Filter löschen`,total:{one:`{count} Avatar`,other:`{count} Avatare`},loading:`Wird geladen…`,avatars:`Avatare`,looks:{one:`{count} Look`,other:`{count} Looks`},loadMore:`Mehr laden`,shown:`{shown} von {total}`,shownSome:`{shown} angezeigt`,empty:`Keine Avatare gefunden`,emptyFilters:`Kein Avatar passt zu Suche und Filtern.`,emptySearch:`Die Suche findet Avatare nach Namen. Kleidung und Orte sind Looks eines Avatars.`,lookSearchStart:`Looks nach „{search}“ durchsuchen`,lookSearchActive:`In jedem Avatar, den Sie öffnen, werden Looks nach „{search}“ durchsucht.`,emptyAccount:`Das HeyGen-Konto hat hier noch keine Avatare.`,offline:`Sie sind offline. Die Auswahl macht weiter, sobald wieder eine Verbindung besteht.`,retry:`Erneut versuchen`,errorTitle:`Die Avatare konnten nicht geladen werden`,error_RATE_LIMITED:{one:`Zu viele Anfragen. Versuchen Sie es in {count} Sekunde erneut.`,other:`Zu viele Anfragen. Versuchen Sie es in {count} Sekunden erneut.`},error_RATE_LIMITED_SOON:`Zu viele Anfragen. Warten Sie einen Moment, und versuchen Sie es erneut.`,error_UNAUTHENTICATED:`Ihr Zugang wurde abgelehnt. Melden Sie sich neu an, oder geben Sie ein gültiges Token oder einen gültigen Schlüssel ein.`,error_FORBIDDEN:`Dem HeyGen-Schlüssel fehlt die Berechtigung. Bitten Sie die Administration um Zugang.`,error_PAYMENT_REQUIRED:`Dem HeyGen-Konto fehlt das Guthaben oder der Tarif dafür. Prüfen Sie das Abonnement.`,error_UPSTREAM_UNAUTHENTICATED:`HeyGen hat den Schlüssel des Servers abgelehnt. Die Administration muss einen gültigen eintragen.`,error_UPSTREAM_UNAUTHENTICATED_OWN:`HeyGen hat Ihren Schlüssel abgelehnt. Geben Sie einen gültigen ein.`,error_CATALOGUE_TOO_LARGE:`Es gibt zu viele Avatare, um zu suchen, zu filtern oder zu zählen. Löschen Sie Suche und Filter, um zu blättern.`,error_OVERLOADED:`Der Server ist ausgelastet. Warten Sie einige Sekunden, und versuchen Sie es erneut.`,error_UPSTREAM_TIMEOUT:`HeyGen hat nicht rechtzeitig geantwortet. Versuchen Sie es gleich erneut.`,error_UPSTREAM_UNAVAILABLE:`HeyGen ist nicht erreichbar. Versuchen Sie es in einigen Minuten erneut.`,error_UPSTREAM_INVALID_RESPONSE:`HeyGen hat eine unbrauchbare Antwort gesendet. Versuchen Sie es erneut, oder fragen Sie die Administration.`,error_NETWORK_ERROR:`Der Server ist nicht erreichbar. Prüfen Sie Verbindung und Adresse, und versuchen Sie es erneut.`,error_OFFLINE:`Sie sind offline. Prüfen Sie Ihre Verbindung.`,error_BAD_USER_INPUT:`Der Server kann mit dieser Suche oder diesem Filter nichts anfangen. Ändern Sie sie, und versuchen Sie es erneut.`,error_CURSOR_EXPIRED:`Die Liste hat sich geändert. Versuchen Sie es erneut, um von vorn zu beginnen.`,error_PAGINATION_TOO_DEEP:`Die Liste ist zu lang, um bis zum Ende zu blättern. Suchen oder filtern Sie, um mehr zu finden.`,error_DOCUMENT_NOT_TRUSTED:`Diese Version der Auswahl passt nicht zum Server. Laden Sie die Seite neu.`,error_QUERY_TOO_COMPLEX:`Die Grenzwerte des Servers sind zu niedrig für die Auswahl. Fragen Sie die Administration.`,error_ABORTED:`Die Auswahl wurde abgebrochen.`,error_NOT_FOUND:`Diesen Avatar gibt es nicht mehr. Wählen Sie einen anderen.`,error_INTERNAL:`Im Server ist ein Fehler aufgetreten. Versuchen Sie es erneut, oder fragen Sie die Administration.`,error_UNKNOWN:`Etwas ist schiefgegangen ({code}). Versuchen Sie es erneut, oder fragen Sie die Administration.`,previewsHidden:`Vorschauen werden von anderen Servern geladen, die Ihre IP-Adresse sehen.`,previewsShow:`Vorschauen zeigen`,private:`Privat`,chosen:`Gewählt`,chosenLook:`Gewählt: {name}`,chosenShow:`Anzeigen`,chosenRemove:`Entfernen`,close:`Schließen`,searchLooks:`Looks suchen`,readyOnly:`Nur bereite`,orientation:`Format`,orientationAll:`Alle Formate`,orientationPORTRAIT:`Hochformat`,orientationLANDSCAPE:`Querformat`,orientationSQUARE:`Quadratisch`,size:`{width} × {height} Pixel`,ready:`Bereit`,readyUNKNOWN:`Bereitschaft unbekannt`,reasonPROCESSING:`Training läuft…`,reasonPENDING_CONSENT:`Einwilligung steht aus`,reasonFAILED:`Training fehlgeschlagen`,reasonFAILEDbecause:`Training fehlgeschlagen: {reason}`,reasonNO_PREVIEW:`Noch keine Vorschau`,reasonNO_DIMENSIONS:`Noch keine Bildgröße`,reasonOTHER:`Noch nicht bereit`,engines:`Engines: {engines}`,looksOf:`Looks von {name}`,looksEmpty:`Kein Look passt zu Suche und Filtern.`,looksNone:`Dieser Avatar hat noch keine Looks.`,playPreview:`Vorschau von {name} abspielen`,stopPreview:`Vorschau von {name} anhalten`,voice:`Stimme`,voiceNone:`Keine Stimme gewählt`,voiceUnnamed:`Stimme ohne Namen`,voiceDefault:`Standardstimme`,voiceChange:`Stimme ändern`,voiceDone:`Stimmen schließen`,voiceReset:`Standardstimme verwenden`,voicePlay:`{name} abspielen`,voiceStop:`{name} anhalten`,voiceChoose:`Wählen`,voiceChooseNamed:`Die Stimme {name} wählen`,voiceSearch:`Stimmen suchen`,voiceLanguage:`Sprache`,voiceLanguageAny:`Jede Sprache`,voiceGenderAny:`Jedes Geschlecht`,voices:`Stimmen`,voicesEmpty:`Keine Stimme passt.`,voiceFailed:`Die Hörprobe konnte nicht abgespielt werden.`,required:`Wählen Sie einen Avatar.`},es:{label:`Selector de avatares`,search:`Buscar avatares`,searchClear:`Borrar la búsqueda`,filters:`Filtros`,gender:`Género`,genderFEMALE:`Femenino`,genderMALE:`Masculino`,genderOTHER:`Otro`,genderUNKNOWN:`Sin indicar`,status:`Estado`,statusCOMPLETED:`Entrenamiento terminado`,statusPROCESSING:`Entrenando`,statusPENDING_CONSENT:`Pendiente de consentimiento`,statusFAILED:`Entrenamiento fallido`,statusUNKNOWN:`Desconocido`,ownership:`Propietario`,ownershipAll:`Todos`,ownershipPUBLIC:`Públicos`,ownershipPRIVATE:`Privados`,order:`Orden`,orderDefault:`Recomendados`,orderRelevance:`Más relevantes`,orderName:`Nombre`,orderNewest:`Más recientes`,orderLooks:`Más estilos`,clearFilters:`Borrar búsqueda y filtros`,total:{one:`{count} avatar`,many:`{count} de avatares`,other:`{count} avatares`},loading:`Cargando…`,avatars:`Avatares`,looks:{one:`{count} estilo`,many:`{count} de estilos`,other:`{count} estilos`},loadMore:`Cargar más`,shown:`Mostrando {shown} de {total}`,shownSome:`Mostrando {shown}`,empty:`No se encontraron avatares`,emptyFilters:`Ningún avatar coincide con la búsqueda y los filtros.`,emptySearch:`La búsqueda encuentra avatares por nombre. Los atuendos y lugares son estilos de un avatar.`,lookSearchStart:`Buscar «{search}» en los estilos`,lookSearchActive:`Al abrir un avatar se buscan estilos con «{search}».`,emptyAccount:`La cuenta de HeyGen aún no tiene avatares aquí.`,offline:`No tienes conexión. El selector continuará cuando vuelva la conexión.`,retry:`Reintentar`,errorTitle:`No se pudieron cargar los avatares`,error_RATE_LIMITED:{one:`Demasiadas solicitudes. Reintenta en {count} segundo.`,many:`Demasiadas solicitudes. Reintenta en {count} de segundos.`,other:`Demasiadas solicitudes. Reintenta en {count} segundos.`},error_RATE_LIMITED_SOON:`Demasiadas solicitudes. Espera un momento y reintenta.`,error_UNAUTHENTICATED:`Tu acceso fue rechazado. Inicia sesión de nuevo o introduce un token o una clave válidos.`,error_FORBIDDEN:`La clave de HeyGen no tiene permiso para esto. Pide acceso al administrador.`,error_PAYMENT_REQUIRED:`La cuenta de HeyGen no tiene el crédito o el plan necesarios. Revisa la suscripción.`,error_UPSTREAM_UNAUTHENTICATED:`HeyGen rechazó la clave del servidor. El administrador debe introducir una válida.`,error_UPSTREAM_UNAUTHENTICATED_OWN:`HeyGen rechazó tu clave. Introduce una válida.`,error_CATALOGUE_TOO_LARGE:`Hay demasiados avatares para buscar, filtrar o contar. Borra la búsqueda y los filtros para navegar.`,error_OVERLOADED:`El servidor está ocupado. Espera unos segundos y reintenta.`,error_UPSTREAM_TIMEOUT:`HeyGen no respondió a tiempo. Reintenta en un momento.`,error_UPSTREAM_UNAVAILABLE:`HeyGen no está disponible. Reintenta en unos minutos.`,error_UPSTREAM_INVALID_RESPONSE:`HeyGen envió una respuesta inutilizable. Reintenta o consulta al administrador.`,error_NETWORK_ERROR:`No se pudo conectar con el servidor. Comprueba la conexión y la dirección, y reintenta.`,error_OFFLINE:`No tienes conexión. Compruébala.`,error_BAD_USER_INPUT:`El servidor no admite esta búsqueda o este filtro. Cámbialo y reintenta.`,error_CURSOR_EXPIRED:`La lista ha cambiado. Reintenta para empezar de nuevo.`,error_PAGINATION_TOO_DEEP:`La lista es demasiado larga para recorrerla entera. Busca o filtra para encontrar más.`,error_DOCUMENT_NOT_TRUSTED:`Esta versión del selector no corresponde al servidor. Recarga la página.`,error_QUERY_TOO_COMPLEX:`Los límites del servidor son demasiado bajos para el selector. Consulta al administrador.`,error_ABORTED:`La selección se canceló.`,error_NOT_FOUND:`Este avatar ya no existe. Elige otro.`,error_INTERNAL:`Se produjo un error en el servidor. Reintenta o consulta al administrador.`,error_UNKNOWN:`Algo salió mal ({code}). Reintenta o consulta al administrador.`,previewsHidden:`Las vistas previas se cargan de otros servidores, que ven tu dirección IP.`,previewsShow:`Mostrar vistas previas`,private:`Privado`,chosen:`Elegido`,chosenLook:`Elegido: {name}`,chosenShow:`Mostrar`,chosenRemove:`Quitar`,close:`Cerrar`,searchLooks:`Buscar estilos`,readyOnly:`Solo listos`,orientation:`Orientación`,orientationAll:`Todas las orientaciones`,orientationPORTRAIT:`Vertical`,orientationLANDSCAPE:`Horizontal`,orientationSQUARE:`Cuadrado`,size:`{width} × {height} píxeles`,ready:`Listo`,readyUNKNOWN:`Disponibilidad desconocida`,reasonPROCESSING:`Entrenando…`,reasonPENDING_CONSENT:`Pendiente de consentimiento`,reasonFAILED:`Entrenamiento fallido`,reasonFAILEDbecause:`Entrenamiento fallido: {reason}`,reasonNO_PREVIEW:`Aún sin vista previa`,reasonNO_DIMENSIONS:`Aún sin tamaño de imagen`,reasonOTHER:`Aún no está listo`,engines:`Motores: {engines}`,looksOf:`Estilos de {name}`,looksEmpty:`Ningún estilo coincide con la búsqueda y los filtros.`,looksNone:`Este avatar aún no tiene estilos.`,playPreview:`Reproducir la vista previa de {name}`,stopPreview:`Detener la vista previa de {name}`,voice:`Voz`,voiceNone:`Ninguna voz elegida`,voiceUnnamed:`Voz sin nombre`,voiceDefault:`Voz predeterminada`,voiceChange:`Cambiar la voz`,voiceDone:`Cerrar las voces`,voiceReset:`Usar la voz predeterminada`,voicePlay:`Reproducir {name}`,voiceStop:`Detener {name}`,voiceChoose:`Elegir`,voiceChooseNamed:`Elegir la voz {name}`,voiceSearch:`Buscar voces`,voiceLanguage:`Idioma`,voiceLanguageAny:`Cualquier idioma`,voiceGenderAny:`Cualquier género`,voices:`Voces`,voicesEmpty:`Ninguna voz coincide.`,voiceFailed:`No se pudo reproducir la muestra.`,required:`Elige un avatar.`},fr:{label:`Sélecteur d’avatars`,search:`Rechercher des avatars`,searchClear:`Effacer la recherche`,filters:`Filtres`,gender:`Genre`,genderFEMALE:`Féminin`,genderMALE:`Masculin`,genderOTHER:`Autre`,genderUNKNOWN:`Non précisé`,status:`État`,statusCOMPLETED:`Entraînement terminé`,statusPROCESSING:`En entraînement`,statusPENDING_CONSENT:`En attente de consentement`,statusFAILED:`Échec de l’entraînement`,statusUNKNOWN:`Inconnu`,ownership:`Propriétaire`,ownershipAll:`Tous`,ownershipPUBLIC:`Publics`,ownershipPRIVATE:`Privés`,order:`Ordre`,orderDefault:`Recommandés`,orderRelevance:`Plus pertinents`,orderName:`Nom`,orderNewest:`Plus récents`,orderLooks:`Plus de looks`,clearFilters:`Effacer la recherche et les filtres`,total:{one:`{count} avatar`,many:`{count} d’avatars`,other:`{count} avatars`},loading:`Chargement…`,avatars:`Avatars`,looks:{one:`{count} look`,many:`{count} de looks`,other:`{count} looks`},loadMore:`Afficher plus`,shown:`{shown} sur {total}`,shownSome:`{shown} affichés`,empty:`Aucun avatar trouvé`,emptyFilters:`Aucun avatar ne correspond à la recherche et aux filtres.`,emptySearch:`La recherche trouve les avatars par leur nom. Les tenues et les lieux sont des looks d’un avatar.`,lookSearchStart:`Chercher « {search} » dans les looks`,lookSearchActive:`Quand vous ouvrez un avatar, « {search} » est cherché dans ses looks.`,emptyAccount:`Le compte HeyGen n’a pas encore d’avatars ici.`,offline:`Vous êtes hors ligne. Le sélecteur reprendra dès le retour de la connexion.`,retry:`Réessayer`,errorTitle:`Les avatars n’ont pas pu être chargés`,error_RATE_LIMITED:{one:`Trop de requêtes. Réessayez dans {count} seconde.`,many:`Trop de requêtes. Réessayez dans {count} de secondes.`,other:`Trop de requêtes. Réessayez dans {count} secondes.`},error_RATE_LIMITED_SOON:`Trop de requêtes. Attendez un instant, puis réessayez.`,error_UNAUTHENTICATED:`Votre accès a été refusé. Reconnectez-vous, ou saisissez un jeton ou une clé valide.`,error_FORBIDDEN:`La clé HeyGen n’a pas cette autorisation. Demandez l’accès à l’administrateur.`,error_PAYMENT_REQUIRED:`Le compte HeyGen n’a pas le crédit ou la formule nécessaires. Vérifiez l’abonnement.`,error_UPSTREAM_UNAUTHENTICATED:`HeyGen a refusé la clé du serveur. L’administrateur doit en saisir une valide.`,error_UPSTREAM_UNAUTHENTICATED_OWN:`HeyGen a refusé votre clé. Saisissez une clé valide.`,error_CATALOGUE_TOO_LARGE:`Il y a trop d’avatars pour rechercher, filtrer ou compter. Effacez la recherche et les filtres pour parcourir.`,error_OVERLOADED:`Le serveur est occupé. Attendez quelques secondes, puis réessayez.`,error_UPSTREAM_TIMEOUT:`HeyGen n’a pas répondu à temps. Réessayez dans un instant.`,error_UPSTREAM_UNAVAILABLE:`HeyGen est indisponible. Réessayez dans quelques minutes.`,error_UPSTREAM_INVALID_RESPONSE:`HeyGen a envoyé une réponse inutilisable. Réessayez, ou contactez l’administrateur.`,error_NETWORK_ERROR:`Le serveur est injoignable. Vérifiez la connexion et l’adresse, puis réessayez.`,error_OFFLINE:`Vous êtes hors ligne. Vérifiez votre connexion.`,error_BAD_USER_INPUT:`Le serveur n’accepte pas cette recherche ou ce filtre. Modifiez-le, puis réessayez.`,error_CURSOR_EXPIRED:`La liste a changé. Réessayez pour recommencer.`,error_PAGINATION_TOO_DEEP:`La liste est trop longue pour être parcourue jusqu’au bout. Recherchez ou filtrez pour en trouver plus.`,error_DOCUMENT_NOT_TRUSTED:`Cette version du sélecteur ne correspond pas au serveur. Rechargez la page.`,error_QUERY_TOO_COMPLEX:`Les limites du serveur sont trop basses pour le sélecteur. Contactez l’administrateur.`,error_ABORTED:`La sélection a été annulée.`,error_NOT_FOUND:`Cet avatar n’existe plus. Choisissez-en un autre.`,error_INTERNAL:`Une erreur s’est produite dans le serveur. Réessayez, ou contactez l’administrateur.`,error_UNKNOWN:`Une erreur s’est produite ({code}). Réessayez, ou contactez l’administrateur.`,previewsHidden:`Les aperçus viennent d’autres serveurs, qui voient votre adresse IP.`,previewsShow:`Afficher les aperçus`,private:`Privé`,chosen:`Choisi`,chosenLook:`Choisi : {name}`,chosenShow:`Afficher`,chosenRemove:`Retirer`,close:`Fermer`,searchLooks:`Rechercher des looks`,readyOnly:`Prêts seulement`,orientation:`Orientation`,orientationAll:`Toutes les orientations`,orientationPORTRAIT:`Portrait`,orientationLANDSCAPE:`Paysage`,orientationSQUARE:`Carré`,size:`{width} × {height} pixels`,ready:`Prêt`,readyUNKNOWN:`Disponibilité inconnue`,reasonPROCESSING:`Entraînement en cours…`,reasonPENDING_CONSENT:`En attente de consentement`,reasonFAILED:`Échec de l’entraînement`,reasonFAILEDbecause:`Échec de l’entraînement : {reason}`,reasonNO_PREVIEW:`Pas encore d’aperçu`,reasonNO_DIMENSIONS:`Taille d’image inconnue`,reasonOTHER:`Pas encore prêt`,engines:`Moteurs : {engines}`,looksOf:`Looks de {name}`,looksEmpty:`Aucun look ne correspond à la recherche et aux filtres.`,looksNone:`Cet avatar n’a pas encore de looks.`,playPreview:`Lire l’aperçu de {name}`,stopPreview:`Arrêter l’aperçu de {name}`,voice:`Voix`,voiceNone:`Aucune voix choisie`,voiceUnnamed:`Voix sans nom`,voiceDefault:`Voix par défaut`,voiceChange:`Changer de voix`,voiceDone:`Fermer les voix`,voiceReset:`Utiliser la voix par défaut`,voicePlay:`Écouter {name}`,voiceStop:`Arrêter {name}`,voiceChoose:`Choisir`,voiceChooseNamed:`Choisir la voix {name}`,voiceSearch:`Rechercher des voix`,voiceLanguage:`Langue`,voiceLanguageAny:`Toutes les langues`,voiceGenderAny:`Tous les genres`,voices:`Voix`,voicesEmpty:`Aucune voix ne correspond.`,voiceFailed:`L’extrait n’a pas pu être lu.`,required:`Choisissez un avatar.`},ja:{label:`アバターの選択`,search:`アバターを検索`,searchClear:`検索をクリア`,filters:`絞り込み`,gender:`性別`,genderFEMALE:`女性`,genderMALE:`男性`,genderOTHER:`その他`,genderUNKNOWN:`指定なし`,status:`状態`,statusCOMPLETED:`トレーニング完了`,statusPROCESSING:`トレーニング中`,statusPENDING_CONSENT:`同意待ち`,statusFAILED:`トレーニング失敗`,statusUNKNOWN:`不明`,ownership:`所有者`,ownershipAll:`すべて`,ownershipPUBLIC:`公開`,ownershipPRIVATE:`非公開`,order:`並べ替え`,orderDefault:`おすすめ順`,orderRelevance:`関連度順`,orderName:`名前順`,orderNewest:`新しい順`,orderLooks:`ルックの多い順`,clearFilters:`検索と絞り込みをクリア`,total:{other:`アバター {count} 件`},loading:`読み込み中…`,avatars:`アバター`,looks:{other:`ルック {count} 件`},loadMore:`さらに読み込む`,shown:`{total} 件中 {shown} 件を表示`,shownSome:`{shown} 件を表示`,empty:`アバターが見つかりません`,emptyFilters:`検索と絞り込みに一致するアバターはありません。`,emptySearch:`検索はアバターを名前で探します。服装や場所はアバターのルックです。`,lookSearchStart:`ルックで「{search}」を検索`,lookSearchActive:`アバターを開くと、ルックで「{search}」を検索します。`,emptyAccount:`この HeyGen アカウントにはまだアバターがありません。`,offline:`オフラインです。接続が戻ると自動的に再開します。`,retry:`再試行`,errorTitle:`アバターを読み込めませんでした`,error_RATE_LIMITED:{other:`リクエストが多すぎます。{count} 秒後に再試行してください。`},error_RATE_LIMITED_SOON:`リクエストが多すぎます。しばらく待ってから再試行してください。`,error_UNAUTHENTICATED:`アクセスが拒否されました。再度サインインするか、有効なトークンまたはキーを入力してください。`,error_FORBIDDEN:`HeyGen キーに必要な権限がありません。管理者に依頼してください。`,error_PAYMENT_REQUIRED:`HeyGen アカウントのクレジットまたはプランが不足しています。契約を確認してください。`,error_UPSTREAM_UNAUTHENTICATED:`HeyGen がサーバーのキーを拒否しました。管理者が有効なキーを設定する必要があります。`,error_UPSTREAM_UNAUTHENTICATED_OWN:`HeyGen がキーを拒否しました。有効なキーを入力してください。`,error_CATALOGUE_TOO_LARGE:`アバターが多すぎるため、検索、絞り込み、集計ができません。検索と絞り込みをクリアしてください。`,error_OVERLOADED:`サーバーが混み合っています。数秒待ってから再試行してください。`,error_UPSTREAM_TIMEOUT:`HeyGen が時間内に応答しませんでした。しばらくして再試行してください。`,error_UPSTREAM_UNAVAILABLE:`HeyGen を利用できません。数分後に再試行してください。`,error_UPSTREAM_INVALID_RESPONSE:`HeyGen の応答を処理できませんでした。再試行するか、管理者に問い合わせてください。`,error_NETWORK_ERROR:`サーバーに接続できません。接続とアドレスを確認して再試行してください。`,error_OFFLINE:`オフラインです。接続を確認してください。`,error_BAD_USER_INPUT:`この検索または絞り込みは使用できません。変更して再試行してください。`,error_CURSOR_EXPIRED:`一覧が変更されました。再試行すると最初から読み込みます。`,error_PAGINATION_TOO_DEEP:`一覧が長すぎて最後まで表示できません。検索または絞り込みを使用してください。`,error_DOCUMENT_NOT_TRUSTED:`このバージョンはサーバーと一致しません。ページを再読み込みしてください。`,error_QUERY_TOO_COMPLEX:`サーバーの制限値が低すぎます。管理者に問い合わせてください。`,error_ABORTED:`選択はキャンセルされました。`,error_NOT_FOUND:`このアバターはもう存在しません。別のアバターを選択してください。`,error_INTERNAL:`サーバーでエラーが発生しました。再試行するか、管理者に問い合わせてください。`,error_UNKNOWN:`問題が発生しました ({code})。再試行するか、管理者に問い合わせてください。`,previewsHidden:`プレビューは他のサーバーから読み込まれ、IP アドレスが伝わります。`,previewsShow:`プレビューを表示`,private:`非公開`,chosen:`選択済み`,chosenLook:`選択中: {name}`,chosenShow:`表示`,chosenRemove:`解除`,close:`閉じる`,searchLooks:`ルックを検索`,readyOnly:`使用可能のみ`,orientation:`向き`,orientationAll:`すべての向き`,orientationPORTRAIT:`縦向き`,orientationLANDSCAPE:`横向き`,orientationSQUARE:`正方形`,size:`{width} × {height} ピクセル`,ready:`使用可能`,readyUNKNOWN:`使用可否は不明`,reasonPROCESSING:`トレーニング中…`,reasonPENDING_CONSENT:`同意待ち`,reasonFAILED:`トレーニング失敗`,reasonFAILEDbecause:`トレーニング失敗: {reason}`,reasonNO_PREVIEW:`プレビューはまだありません`,reasonNO_DIMENSIONS:`画像サイズはまだ不明です`,reasonOTHER:`まだ使用できません`,engines:`エンジン: {engines}`,looksOf:`{name} のルック`,looksEmpty:`検索と絞り込みに一致するルックはありません。`,looksNone:`このアバターにはまだルックがありません。`,playPreview:`{name} のプレビューを再生`,stopPreview:`{name} のプレビューを停止`,voice:`音声`,voiceNone:`音声は選択されていません`,voiceUnnamed:`名前のない音声`,voiceDefault:`既定の音声`,voiceChange:`音声を変更`,voiceDone:`音声の一覧を閉じる`,voiceReset:`既定の音声を使用`,voicePlay:`{name} を再生`,voiceStop:`{name} を停止`,voiceChoose:`選択`,voiceChooseNamed:`音声 {name} を選択`,voiceSearch:`音声を検索`,voiceLanguage:`言語`,voiceLanguageAny:`すべての言語`,voiceGenderAny:`すべての性別`,voices:`音声`,voicesEmpty:`一致する音声はありません。`,voiceFailed:`サンプルを再生できませんでした。`,required:`アバターを選択してください。`},ar:{label:`اختيار الأفاتار`,search:`البحث عن أفاتار`,searchClear:`مسح البحث`,filters:`عوامل التصفية`,gender:`الجنس`,genderFEMALE:`أنثى`,genderMALE:`ذكر`,genderOTHER:`آخر`,genderUNKNOWN:`غير محدد`,status:`الحالة`,statusCOMPLETED:`اكتمل التدريب`,statusPROCESSING:`قيد التدريب`,statusPENDING_CONSENT:`بانتظار الموافقة`,statusFAILED:`فشل التدريب`,statusUNKNOWN:`غير معروف`,ownership:`المالك`,ownershipAll:`الكل`,ownershipPUBLIC:`عام`,ownershipPRIVATE:`خاص`,order:`الترتيب`,orderDefault:`المقترح`,orderRelevance:`الأكثر صلة`,orderName:`الاسم`,orderNewest:`الأحدث أولاً`,orderLooks:`الأكثر مظاهر`,clearFilters:`مسح البحث وعوامل التصفية`,total:{zero:`لا يوجد أفاتار`,one:`أفاتار واحد`,two:`أفاتاران`,few:`{count} أفاتارات`,many:`{count} أفاتارًا`,other:`{count} أفاتار`},loading:`جارٍ التحميل…`,avatars:`الأفاتارات`,looks:{zero:`بلا مظاهر`,one:`مظهر واحد`,two:`مظهران`,few:`{count} مظاهر`,many:`{count} مظهرًا`,other:`{count} مظهر`},loadMore:`تحميل المزيد`,shown:`عرض {shown} من {total}`,shownSome:`عرض {shown}`,empty:`لم يُعثر على أفاتار`,emptyFilters:`لا يوجد أفاتار يطابق البحث وعوامل التصفية.`,emptySearch:`يبحث هذا الحقل عن الأفاتار بالاسم. أما الملابس والأماكن فهي مظاهر للأفاتار.`,lookSearchStart:`البحث عن «{search}» في المظاهر`,lookSearchActive:`عند فتح أفاتار يُبحث عن «{search}» في مظاهره.`,emptyAccount:`لا يحتوي حساب HeyGen على أفاتارات هنا بعد.`,offline:`أنت غير متصل. سيُستأنف العمل عند عودة الاتصال.`,retry:`إعادة المحاولة`,errorTitle:`تعذّر تحميل الأفاتارات`,error_RATE_LIMITED:{zero:`طلبات كثيرة جدًا. أعد المحاولة الآن.`,one:`طلبات كثيرة جدًا. أعد المحاولة بعد ثانية واحدة.`,two:`طلبات كثيرة جدًا. أعد المحاولة بعد ثانيتين.`,few:`طلبات كثيرة جدًا. أعد المحاولة بعد {count} ثوانٍ.`,many:`طلبات كثيرة جدًا. أعد المحاولة بعد {count} ثانية.`,other:`طلبات كثيرة جدًا. أعد المحاولة بعد {count} ثانية.`},error_RATE_LIMITED_SOON:`طلبات كثيرة جدًا. انتظر لحظة ثم أعد المحاولة.`,error_UNAUTHENTICATED:`رُفض وصولك. سجّل الدخول من جديد، أو أدخل رمزًا أو مفتاحًا صالحًا.`,error_FORBIDDEN:`لا يملك مفتاح HeyGen الإذن اللازم. اطلبه من المسؤول.`,error_PAYMENT_REQUIRED:`لا يملك حساب HeyGen الرصيد أو الخطة اللازمة. تحقّق من الاشتراك.`,error_UPSTREAM_UNAUTHENTICATED:`رفض HeyGen مفتاح الخادم. على المسؤول إدخال مفتاح صالح.`,error_UPSTREAM_UNAUTHENTICATED_OWN:`رفض HeyGen مفتاحك. أدخل مفتاحًا صالحًا.`,error_CATALOGUE_TOO_LARGE:`الأفاتارات أكثر من أن تُبحث أو تُصفّى أو تُعدّ. امسح البحث وعوامل التصفية للتصفح.`,error_OVERLOADED:`الخادم مشغول. انتظر بضع ثوانٍ ثم أعد المحاولة.`,error_UPSTREAM_TIMEOUT:`لم يستجب HeyGen في الوقت المناسب. أعد المحاولة بعد لحظة.`,error_UPSTREAM_UNAVAILABLE:`HeyGen غير متاح. أعد المحاولة بعد بضع دقائق.`,error_UPSTREAM_INVALID_RESPONSE:`أرسل HeyGen استجابة غير صالحة. أعد المحاولة أو اسأل المسؤول.`,error_NETWORK_ERROR:`تعذّر الوصول إلى الخادم. تحقّق من الاتصال والعنوان ثم أعد المحاولة.`,error_OFFLINE:`أنت غير متصل. تحقّق من اتصالك.`,error_BAD_USER_INPUT:`لا يقبل الخادم هذا البحث أو عامل التصفية. غيّره ثم أعد المحاولة.`,error_CURSOR_EXPIRED:`تغيّرت القائمة. أعد المحاولة للبدء من جديد.`,error_PAGINATION_TOO_DEEP:`القائمة أطول من أن تُتصفح إلى نهايتها. ابحث أو صفِّ للعثور على المزيد.`,error_DOCUMENT_NOT_TRUSTED:`هذا الإصدار لا يطابق الخادم. أعد تحميل الصفحة.`,error_QUERY_TOO_COMPLEX:`حدود الخادم منخفضة جدًا. اسأل المسؤول.`,error_ABORTED:`أُلغي الاختيار.`,error_NOT_FOUND:`لم يعد هذا الأفاتار موجودًا. اختر غيره.`,error_INTERNAL:`حدث خطأ في الخادم. أعد المحاولة أو اسأل المسؤول.`,error_UNKNOWN:`حدث خطأ ({code}). أعد المحاولة أو اسأل المسؤول.`,previewsHidden:`تُحمّل المعاينات من خوادم أخرى ترى عنوان IP الخاص بك.`,previewsShow:`عرض المعاينات`,private:`خاص`,chosen:`تم اختياره`,chosenLook:`المختار: {name}`,chosenShow:`عرض`,chosenRemove:`إزالة`,close:`إغلاق`,searchLooks:`البحث في المظاهر`,readyOnly:`الجاهزة فقط`,orientation:`الاتجاه`,orientationAll:`كل الاتجاهات`,orientationPORTRAIT:`عمودي`,orientationLANDSCAPE:`أفقي`,orientationSQUARE:`مربع`,size:`{width} × {height} بكسل`,ready:`جاهز`,readyUNKNOWN:`الجاهزية غير معروفة`,reasonPROCESSING:`قيد التدريب…`,reasonPENDING_CONSENT:`بانتظار الموافقة`,reasonFAILED:`فشل التدريب`,reasonFAILEDbecause:`فشل التدريب: {reason}`,reasonNO_PREVIEW:`لا توجد معاينة بعد`,reasonNO_DIMENSIONS:`حجم الصورة غير معروف بعد`,reasonOTHER:`ليس جاهزًا بعد`,engines:`المحركات: {engines}`,looksOf:`مظاهر {name}`,looksEmpty:`لا يوجد مظهر يطابق البحث وعوامل التصفية.`,looksNone:`لا مظاهر لهذا الأفاتار بعد.`,playPreview:`تشغيل معاينة {name}`,stopPreview:`إيقاف معاينة {name}`,voice:`الصوت`,voiceNone:`لم يُختر صوت`,voiceUnnamed:`صوت بلا اسم`,voiceDefault:`الصوت الافتراضي`,voiceChange:`تغيير الصوت`,voiceDone:`إغلاق الأصوات`,voiceReset:`استخدام الصوت الافتراضي`,voicePlay:`تشغيل {name}`,voiceStop:`إيقاف {name}`,voiceChoose:`اختيار`,voiceChooseNamed:`اختيار الصوت {name}`,voiceSearch:`البحث عن أصوات`,voiceLanguage:`اللغة`,voiceLanguageAny:`أي لغة`,voiceGenderAny:`أي جنس`,voices:`الأصوات`,voicesEmpty:`لا يوجد صوت مطابق.`,voiceFailed:`تعذّر تشغيل العينة.`,required:`اختر أفاتارًا.`}},Ct=/* @__PURE__ */ new Set([`ar`]),wt=class{constructor(e,t){this.t=(e,t={})=>{let n=this.messages[e];return(typeof n==`string`?n:n[this.plurals.select(Number(t.count))]??n.other).replace(/\{(\w+)\}/g,(e,n)=>{let r=t[n];return typeof r==`number`?this.numbers.format(r):r??e})};let n=t.find(t=>Object.hasOwn(e,Tt(t)))??`en`;this.language=Tt(n),this.direction=Ct.has(this.language)?`rtl`:`ltr`,this.messages=e[this.language];let r=Et(n)?n:this.language;this.numbers=new Intl.NumberFormat(r),this.plurals=new Intl.PluralRules(r),this.names=new Intl.DisplayNames(r,{type:`language`})}has(e){return Object.hasOwn(this.messages,e)}number(e){return this.numbers.format(e)}languageName(e){return this.names.of(e)??e}};function Tt(e){return e.toLowerCase().split(`-`)[0]??``}function Et(e){try{return Intl.NumberFormat.supportedLocalesOf(e).length>0}catch{return!1}}var Dt=24,Ot=class extends Ye{#e;#t;constructor(e,t){super(),this.character=null,this.missing=!1,this.total=null,this.#e=e,this.#t=t}setQuery(e){this.missing=!1,this.total=null,super.setQuery(e)}replace(e){this.replaceItem(e)}async fetchPage(e,t,n){let r={id:this.#t,search:e.search.trim()||null,filter:At(e)};if(t===null&&!this.character){let{data:e,errors:t}=await this.#e.request(Pe,{...r,looks:Dt},n);if(n.aborted||!e.avatarGroup)return this.#n(e.avatarGroup,t,n);let{looks:i,...a}=e.avatarGroup;return this.character=a,this.#n({looks:i},t,n)}let{data:i,errors:a}=await this.#e.request(Fe,{...r,first:Dt,after:t},n);return this.#n(i.avatarGroup,a,n)}#n(e,t,n){if(n.aborted)return null;if(!e){let e=R(t,`avatarGroup`);if(e)throw e;return this.missing=!0,null}if(!e.looks)throw R(t,`avatarGroup`,`looks`)??Ge(`looks`);return this.total=e.looks.totalCount,{nodes:e.looks.nodes,...e.looks.pageInfo}}};async function kt(e,t,n){let{data:r,errors:i}=await e.request(Ie,{id:t},n),a=r.avatarLook?null:R(i,`avatarLook`);if(a)throw a;return r.avatarLook}function At({orientation:e,readyOnly:t}){return!e&&!t?null:{...e&&{orientation:[e]},...t&&{readiness:[`READY`]}}}var jt=20,Mt=class extends Ye{#e;constructor(e){super(),this.#e=e}async fetchPage(e,t,n){let r={...e,search:e.search.trim()||null,first:jt,after:t},{data:i,errors:a}=await this.#e.request(Le,r,n);if(!i.voices)throw R(a,`voices`)??Ge(`voices`);return{nodes:i.voices.nodes,...i.voices.pageInfo}}};async function Nt(e,t,n){let{data:r,errors:i}=await e.request(Re,{id:t},n),a=r.voice?null:R(i,`voice`);if(a)throw a;return r.voice}var Pt=/^[A-Za-z0-9][\w.~-]{0,127}$/;function Ft(e,t){if(Pt.test(t))return t;let n=new TextEncoder().encode(`${e}:${t}`);return btoa(Array.from(n,e=>String.fromCharCode(e)).join(``)).replace(/\+/g,`-`).replace(/\//g,`_`).replace(/=+$/,``)}var It={PORTRAIT:`portrait`,LANDSCAPE:`landscape`,SQUARE:`square`},Lt=class{constructor(){this.look=null,this.character=null,this.defaultVoice=null,this.userVoice=null}get voice(){return this.userVoice??this.defaultVoice}set(e,t,n){e.groupId!==this.look?.groupId&&(this.userVoice=null),this.look=e,this.character=t,this.defaultVoice=n}clear(){this.look=null,this.character=null,this.defaultVoice=null,this.userVoice=null}get detail(){let{look:e,character:t,voice:n}=this;return e?{lookId:e.lookId,lookName:e.name,groupId:e.groupId??t?.groupId??``,groupName:t?.name??``,voiceId:n?.voiceId??e.defaultVoiceId,voiceName:n?.name??null,orientation:It[e.preferredOrientation??``]??null,engines:[...e.supportedApiEngines],avatarType:e.avatarType,ready:e.readiness.state===`READY`,width:e.imageWidth,height:e.imageHeight}:null}},Rt=class{constructor(e){this.host=e,this.selection=new Lt,this.lookId=``,this.unresolved=null,this.resolving=null,this.resolvingVoice=null,this.wantedVoiceId=null,this.resolvingWanted=null,this.waiters=/* @__PURE__ */ new Set}clear(){this.abort(),this.suspend(),this.unresolved=null,this.wantedVoiceId=null,this.selection.clear(),this.setLookId(``)}get voiceId(){return this.selection.userVoice?.voiceId??this.wantedVoiceId}set(e,t,n=Bt(e,t)){this.unresolved=null,this.resolvingVoice?.abort(),e.lookId!==this.lookId&&this.forgetWanted(),this.change(()=>{this.selection.set(e,t,n),this.setLookId(e.lookId)}),!n&&e.defaultVoiceId&&this.resolveVoice(e.defaultVoiceId),this.resolveWanted()}update(e){e.id===this.selection.look?.id&&this.change(()=>this.selection.look=e)}setVoice(e){this.forgetWanted(),this.change(()=>this.selection.userVoice=e),this.host.lookIdChanged()}change(e){let t=JSON.stringify(this.selection.detail);e(),JSON.stringify(this.selection.detail)!==t&&this.host.selectionChanged()}forgetWanted(){this.resolvingWanted?.abort(),this.resolvingWanted=null,this.wantedVoiceId=null}selectVoice(e){e!==this.voiceId&&(this.setVoice(null),this.wantedVoiceId=e,this.resolveWanted())}async select(e,t,n=t===null){let{host:r}=this;this.abort();let i=this.resolving=new AbortController,{signal:a}=i;this.unresolved=null,this.lookId!==e&&(this.selection.clear(),this.forgetWanted()),this.setLookId(e);try{let i=await this.find(e,t,a);if(!i)throw new L(`NOT_FOUND`,`There is no look ${e}.`);let{look:o,character:s,voice:c}=i;return this.set(o,s,c),o.groupId&&n&&r.showLook(o.groupId,s),this.selection.detail}catch(e){if(a.aborted)throw r.detailOf(`ABORTED`);let t=e instanceof L?e:new L(`INTERNAL`,String(e));throw t.code===`BAD_USER_INPUT`&&(t=new L(`NOT_FOUND`,t.message)),t.code===`NOT_FOUND`&&this.clear(),this.unresolved=t,r.report(t)}finally{this.resolving===i&&(this.resolving=null)}}ensure(){let{look:e,defaultVoice:t}=this.selection;this.host.client&&this.lookId!==``&&!this.resolving&&(e?e.defaultVoiceId&&!t&&!this.resolvingVoice&&this.resolveVoice(e.defaultVoiceId):this.reselect(this.host.openGroupId===null),this.resolveWanted())}renew(e,t){for(let t of this.waiters)t(e);this.waiters.clear(),this.suspend(),t&&this.selection.look&&!this.resolving&&(this.wantedVoiceId=this.voiceId,this.reselect(!1)),this.ensure()}suspend(){this.resolvingVoice?.abort(),this.resolvingWanted?.abort(),this.resolvingVoice=this.resolvingWanted=null}abort(){this.resolving?.abort()}reselect(e){this.select(this.lookId,this.host.openGroupId,e).catch(()=>void 0)}setLookId(e){this.lookId=e,this.host.lookIdChanged()}async find(e,t,n){let{host:r}=this;for(;;){let i=await this.client(n),a=null;try{let o=t!==null&&t===r.openGroupId?await r.openLooks():null,s=o?.items.find(t=>t.lookId===e);a=s?{look:s,character:o.character,voice:Bt(s,o.character)}:await zt(i,e,n)}catch(e){if(i===r.client)throw e}if(n.throwIfAborted(),i===r.client)return a}}client(e){let{client:t}=this.host;return t?Promise.resolve(t):new Promise((t,n)=>{this.waiters.add(t),e.addEventListener(`abort`,()=>{this.waiters.delete(t),n(e.reason)})})}async resolveVoice(e){let t=this.resolvingVoice=new AbortController,n=await this.fetchVoice(e,t.signal);this.resolvingVoice===t&&(this.resolvingVoice=null),n&&this.change(()=>this.selection.defaultVoice=n)}async resolveWanted(){let e=this.wantedVoiceId;if(e===null||!this.selection.look||!this.host.client||this.resolvingWanted)return;let t=this.resolvingWanted=new AbortController,n=await this.fetchVoice(e,t.signal);this.resolvingWanted===t&&(this.resolvingWanted=null),n!==void 0&&this.setVoice(n)}async fetchVoice(e,t){let{client:n}=this.host;if(n)try{let r=await Nt(n,Ft(`Voice`,e),t);return t.aborted?void 0:r}catch(e){!t.aborted&&e instanceof L&&this.host.report(e);return}}};async function zt(e,t,n){let r=await kt(e,Ft(`AvatarLook`,t),n);return r&&{look:r,character:r.group,voice:r.defaultVoice}}function Bt(e,t){let n=t?.defaultVoice;return n&&n.voiceId===e.defaultVoiceId?n:null}var Vt=new URL(`/graphql`,``+import.meta.url).href;function Ht(e){try{return new URL(e||Vt,document.baseURI).href}catch{return String(e)}}var Ut=720,Wt=420,Gt=class{constructor(e,t){this.host=e,this.onOnline=t,this.narrow=!1,this.short=!1,this.still=!1,this.offline=!1,this.resizes=null,this.languages=null,this.motion=null,this.changeMotion=e=>{this.still=e.matches,this.host.requestUpdate()},this.changeConnection=e=>{this.offline=e.type===`offline`,this.offline||this.onOnline(),this.host.requestUpdate()},e.addController(this)}hostConnected(){this.motion=matchMedia(`(prefers-reduced-motion: reduce)`),this.still=this.motion.matches,this.motion.addEventListener(`change`,this.changeMotion),this.offline=!navigator.onLine,window.addEventListener(`online`,this.changeConnection),window.addEventListener(`offline`,this.changeConnection),this.resizes=new ResizeObserver(([e])=>{let{width:t=0,height:n=0}=e?.contentRect??{},r=t<Ut,i=n<Wt;(r!==this.narrow||i!==this.short)&&(this.narrow=r,this.short=i,this.host.requestUpdate())}),this.resizes.observe(this.host),this.languages=new MutationObserver(()=>this.host.requestUpdate()),this.languages.observe(document.documentElement,{attributeFilter:[`lang`]})}hostDisconnected(){this.motion?.removeEventListener(`change`,this.changeMotion),this.motion=null,window.removeEventListener(`online`,this.changeConnection),window.removeEventListener(`offline`,this.changeConnection),this.resizes?.disconnect(),this.resizes=null,this.languages?.disconnect(),this.languages=null}};function Kt(e){for(let t=e;t;t=t instanceof ShadowRoot?t.host:t.parentNode){let e=t instanceof Element?t.getAttribute(`lang`):null;if(e)return[e]}return[...navigator.languages]}var qt=class extends F{static{this.formAssociated=!0}constructor(){super(),this.internals=this.attachInternals(),this.touched=!1,this.showsInvalid=!1,this.checking=!1,this.formDisabled=!1,this.name=``,this.required=!1,this.disabled=!1,this.internals.role=`group`,this.addEventListener(`invalid`,()=>{this.showsInvalid||=!this.checking,this.requestUpdate()})}get form(){return this.internals.form}get validity(){return this.internals.validity}get validationMessage(){return this.internals.validationMessage}get isDisabled(){return this.disabled||this.formDisabled}checkValidity(){this.checking=!0;try{return this.internals.checkValidity()}finally{this.checking=!1}}reportValidity(){return this.internals.reportValidity()}formResetCallback(){this.touched=!1,this.showsInvalid=!1,this.setValue(this.getAttribute(`value`)??``)}formDisabledCallback(e){this.formDisabled=e,this.requestUpdate()}formStateRestoreCallback(e){typeof e==`string`&&(this.touched=!0,this.setValue(e))}dispatchInput(){this.dispatchEvent(new Event(`input`,{bubbles:!0,composed:!0})),this.dispatchEvent(new Event(`change`,{bubbles:!0}))}syncValue(e){this.internals.setFormValue(e===``?null:e,e)}syncValidity(e,t,n,r){this.internals.ariaDisabled=this.isDisabled?`true`:null,this.internals.ariaLabel=this.internals.labels.length>0?null:t,this.required&&e===``?this.internals.setValidity({valueMissing:!0},n,r):this.internals.setValidity({})}};function Jt(e){return typeof e==`object`?e.key:e}function Yt(e,t){let n=e.length;return new Proxy(e,{get(e,r,i){if(typeof r==`string`){let i=r.charCodeAt(0);if(i>=48&&i<=57){let i=+r;if(Number.isInteger(i)&&i>=0&&i<n){let n=e[i];if(typeof n!=`object`){let r=t[i*2];n=e[i]={index:i,key:n,start:r,size:t[i*2+1],end:r+t[i*2+1],lane:0}}return n}}if(r===`length`)return n}return Reflect.get(e,r,i)}})}function H(e,t,n){let r=n.initialDeps??[],i,a=!0;function o(){let o=e();return(o.length!==r.length||o.some((e,t)=>r[t]!==e))&&(r=o,i=t(...o),n?.onChange&&!(a&&n.skipInitialOnChange)&&n.onChange(i),a=!1),i}return o.updateDeps=e=>{r=e},o}function Xt(e,t){if(e===void 0)throw Error(`Unexpected undefined${t?`: ${t}`:``}`);return e}var U=(e,t)=>Math.abs(e-t)<1.01,Zt=(e,t,n)=>{let r;return Object.assign(function(...i){e.clearTimeout(r),r=e.setTimeout(()=>t.apply(this,i),n)},{cancel:()=>{e.clearTimeout(r)}})};function Qt({offset:e,isScrolling:t,elementMax:n,holdOffset:r,scrollOffset:i,pendingWrite:a,clampedMaxAtWrite:o}){return t&&a===null&&e===i?`spurious`:a!==null&&Math.abs(e-a.target)<1.5?`readBack`:a!==null&&!a.smooth&&n!==null&&a.target>n+r+.5&&Math.abs(e-(n+r))<1.5||a!==null&&!a.smooth&&a.lowMaxes?.some(t=>Math.abs(e-t)<1.5)?`clampedReadBack`:o!==null&&Math.abs(e-o)<1.5?`clampedEcho`:`external`}var $t=e=>e===`smooth`||e===`smoothFinishing`;function en({kind:e,offset:t,command:n,target:r}){return e!==`spurious`&&e!==`readBack`&&e!==`clampedReadBack`&&n?.index!=null&&n.phase!==`queued`&&!$t(n.phase)&&!U(t,n.lastTargetOffset)&&!U(t,r())&&e!==`clampedEcho`}var tn=40;function nn(e){let t=e[e.length-1];if(t===void 0)return!1;let n=e.length-2;for(;n>=0&&t.t-e[n].t<tn;)n--;if(n<0)return!1;let r=e[n],i=n-1;for(;i>=0&&r.t-e[i].t<tn;)i--;if(i<0)return!1;let a=e[i],o=(t.offset-r.offset)/(t.t-r.t),s=(r.offset-a.offset)/(r.t-a.t);return o*s>=0&&Math.abs(o)>=2*Math.abs(s)&&Math.abs(o)-Math.abs(s)>=.8}function rn(e){let t=e[e.length-1];if(t===void 0)return!1;let n=e.length-2;for(;n>=0&&t.t-e[n].t<tn;)n--;if(n<0)return!1;let r=e[n];return Math.abs(t.offset-r.offset)/(t.t-r.t)>=.05}var W,an=()=>{if(W!==void 0)return W;if(typeof navigator>`u`)return W=!1;if(/iP(hone|od|ad)/.test(navigator.userAgent))return W=!0;let e=navigator.maxTouchPoints;return W=navigator.platform===`MacIntel`&&e!==void 0&&e>0},on,sn=()=>on===void 0?on=an()&&typeof CSS<`u`&&typeof CSS.supports==`function`&&CSS.supports(`overflow-anchor: auto`):on,cn=()=>!an()||sn(),G={capture:!0,passive:!0},ln=class{constructor(e){this.host=e,this._touch=null,this.inMotion=()=>this._touch!==null&&this._touch.phase!==`lateFling`,this.dragging=()=>this._touch?.phase===`down`&&this._touch.moved,this.tail=()=>this._touch?.phase===`tail`?this._touch.moved?`fling`:`tap`:null,this.onScroll=({isScrolling:e,ownReadBack:t,moved:n,external:r})=>(e&&this._touch?.phase===`tail`?this._openTail(this._touch.moved||!t,!1):this._touch?.phase===`lateFling`&&(this.host.now()>this._touch.until?this._touch=null:r&&e&&n&&this._openTail(!0,!1)),!t&&e&&n&&this._touch?.phase===`down`?(this._touch.moved=!0,!0):!1),this.touchStart=()=>{this.end(),this._touch={phase:`down`,moved:!1}},this.touchEnd=()=>{let e=this._touch?.phase===`down`&&this._touch.moved;this.end(),this._openTail(e,e)},this.end=()=>{let e=this.host.getWindow();this._touch?.phase===`tail`&&e!=null&&e.clearTimeout(this._touch.timerId),this._touch=null},this.listen=e=>{let t=()=>this.touchStart(),n=()=>this.touchEnd();return e.addEventListener(`touchstart`,t,G),e.addEventListener(`touchend`,n,G),e.addEventListener(`touchcancel`,n,G),()=>{e.removeEventListener(`touchstart`,t,G),e.removeEventListener(`touchend`,n,G),e.removeEventListener(`touchcancel`,n,G),this.end()}},this._openTail=(e,t)=>{let n=this.host.getWindow();if(n==null)return;this.end();let r={phase:`tail`,moved:e,awaitingFling:t,timerId:n.setTimeout(()=>{this.host.tailStillMoving()?this._openTail(r.moved,r.awaitingFling):(this._touch=r.awaitingFling?{phase:`lateFling`,until:this.host.now()+1e3}:null,this.host.onTailClosed())},150)};this._touch=r}}get touch(){return this._touch}},un=e=>{let{clientWidth:t,clientHeight:n}=e;return{width:t,height:n}},dn=e=>{let t=/* @__PURE__ */ new Set;return{schedule:n=>{let r=e.requestAnimationFrame(()=>{t.delete(r),n()});t.add(r)},cancel:()=>{t.forEach(t=>e.cancelAnimationFrame(t)),t.clear()}}},fn=e=>e,pn=e=>{let t=e.overscan*Math.max(e.lanes??1,1),n=Math.max(e.startIndex-t,0),r=Math.min(e.endIndex+t,e.count-1)-n+1,i=Array(r);for(let e=0;e<r;e++)i[e]=n+e;return i},mn=(e,t)=>{let n=e.scrollElement;if(!n)return;let r=e.targetWindow;if(!r)return;let i=e=>{let{width:n,height:r}=e;t({width:Math.round(n),height:Math.round(r)})};if(i(un(n)),!r.ResizeObserver)return()=>{};let a=dn(r),o=new r.ResizeObserver(()=>{let t=()=>{i(un(n))};e.options.useAnimationFrameWithResizeObserver?a.schedule(t):t()});return o.observe(n,{box:`content-box`}),()=>{o.unobserve(n),a.cancel()}},hn={passive:!0},gn=typeof window>`u`||`onscrollend`in window,_n=(e,t,n)=>{let r=e.scrollElement;if(!r)return;let i=e.targetWindow;if(!i)return;let a=e.options.useScrollendEvent&&gn,o=0,s=a?null:Zt(i,()=>t(n(r),!1),e.options.isScrollingResetDelay),c=e=>()=>{o=n(r),s?.(),t(o,e)},l=c(!0),u=c(!1);return r.addEventListener(`scroll`,l,hn),a&&r.addEventListener(`scrollend`,u,hn),()=>{r.removeEventListener(`scroll`,l),a&&r.removeEventListener(`scrollend`,u),s?.cancel()}},vn=(e,t)=>_n(e,t,t=>{let{horizontal:n,isRtl:r}=e.options;return n?t.scrollLeft*(r&&-1||1):t.scrollTop}),yn=(e,t,n)=>{if(n.options.useCachedMeasurements){let t=n.indexFromElement(e),r=n.options.getItemKey(t);return n.itemSizeCache.get(r)??n.options.estimateSize(t)}if(t?.borderBoxSize){let e=t.borderBoxSize[0];if(e)return Math.round(e[n.options.horizontal?`inlineSize`:`blockSize`])}if(!t){let t=n.indexFromElement(e),r=n.options.getItemKey(t),i=n.itemSizeCache.get(r);if(i!==void 0)return i}return e[n.options.horizontal?`offsetWidth`:`offsetHeight`]},bn=(e,{adjustments:t=0,behavior:n},r)=>{var i;let{scrollElement:a,options:o}=r,s=e+t,c=o.horizontal&&o.isRtl&&a!==null&&`ownerDocument`in a;(i=a?.scrollTo)==null||i.call(a,{[o.horizontal?`left`:`top`]:c?-s:s,behavior:n})},xn=(e,t)=>e===`smooth`?t?`smoothLanded`:`smooth`:`instant`,K=e=>e?.phase===`smooth`||e?.phase===`smoothLanded`;function Sn(e,t,n,r){if(t===0)return!1;let i=r(0),a=/* @__PURE__ */ new Set,o=0;for(;o<e;){let e=n(o);if(e===i)break;a.add(e),o++}let s=e-o;if(s===0||s>=t)return!1;for(let e=0;e<s;e++)if(r(e)!==n(o+e))return!1;for(let e=s;e<t;e++)if(a.has(r(e)))return!1;return!0}var Cn=class{constructor(e){this.unsubs=[],this.scrollElement=null,this.targetWindow=null,this.isScrolling=!1,this.scrollState=null,this.measurementsCache=[],this._singleLaneMeasurements=null,this.itemSizeCache=/* @__PURE__ */ new Map,this.itemSizeCacheVersion=0,this.laneAssignments=/* @__PURE__ */ new Map,this.pendingMin=null,this.prevLanes=void 0,this.lanesChangedFlag=!1,this.lanesSettling=!1,this.pendingScrollAnchor=null,this.scrollRect=null,this.scrollOffset=null,this.scrollDirection=null,this._holdOffset=0,this._reportedOverscroll=!1,this._iosGesture=new ln({getWindow:()=>this.targetWindow,now:()=>this.now(),tailStillMoving:()=>{let e=this.scrollState;if(e?.phase!==`queued`||this.pendingWrite!==null)return!1;let t=this._readElementOffset();return t===null||this._lastElementOffset===null||Math.abs(t-this._lastElementOffset)<1?!1:(this._lastElementOffset=t,e.samples=[...e.samples??[],{t:this.now(),offset:t}],!0)},onTailClosed:()=>{let e=this.scrollState;e?.phase===`queued`&&rn(e.samples??[])&&(this.scrollState=null),this._flushHoldIfReady(!0),this._writeAwaitingCommand(),this._retryClampedAdjustment()}}),this._lastElementOffset=null,this.pendingWrite=null,this._clampedAdjustment=null,this.elementsCache=/* @__PURE__ */ new Map,this._resizeBatch=null,this.now=()=>{var e;return((e=this.targetWindow?.performance)?.now)?.call(e)??Date.now()},this.observer=/* @__PURE__ */ (()=>{let e=null,t=null,n=!1,r=!1,i=/* @__PURE__ */ new Set,a=()=>{if(e)return e;let r=this.targetWindow;if(!r||!r.ResizeObserver)return null;let i=t=dn(r);return e=new r.ResizeObserver(e=>{let t=()=>{let t={sync:!1};this._resizeBatch=t;try{e.forEach(o)}finally{this._resizeBatch=null,t.notify&&(this.notify(t.sync),this._noteClampMax(),this._flushHoldIfReady(!0),this._retryClampedAdjustment(),this.measureElement(null))}};if(this.options.useAnimationFrameWithResizeObserver)i.schedule(t);else{n=!0;try{t()}finally{n=!1}}})},o=e=>{let t=e.target,n=this.indexFromElement(t);if(t.isConnected)this.isIndexInRange(n)&&this.shouldMeasureDuringScroll(n)&&this.resizeItem(n,this.options.measureElement(t,e,this));else{this.observer.unobserve(t);for(let[e,n]of this.elementsCache)if(n===t){this.elementsCache.delete(e);break}}};return{disconnect:()=>{var n;(n=a())==null||n.disconnect(),t?.cancel(),i.clear(),r=!1,e=null,t=null},observe:o=>{let s=a();s&&(n?(i.add(o),r||(r=!0,t?.schedule(()=>{r=!1,i.forEach(t=>{t.isConnected&&e?.observe(t,{box:`border-box`})}),i.clear()}))):s.observe(o,{box:`border-box`}))},unobserve:e=>{var t;i.delete(e),(t=a())==null||t.unobserve(e)}}})(),this.range=null,this.setOptions=e=>{let t={debug:!1,initialOffset:0,overscan:1,paddingStart:0,paddingEnd:0,scrollPaddingStart:0,scrollPaddingEnd:0,horizontal:!1,getItemKey:fn,rangeExtractor:pn,onChange:()=>{},measureElement:yn,initialRect:{width:0,height:0},scrollMargin:0,gap:0,indexAttribute:`data-index`,initialMeasurementsCache:[],lanes:1,anchorTo:`start`,followOnAppend:!1,scrollEndThreshold:1,isScrollingResetDelay:150,enabled:!0,isRtl:!1,useScrollendEvent:!1,useAnimationFrameWithResizeObserver:!1,laneAssignmentMode:`estimate`,useCachedMeasurements:!1};for(let n in e){let r=e[n];r!==void 0&&(t[n]=r)}let n=this.options,r=null,i=null,a=!1;if(n!==void 0&&n.enabled&&t.enabled&&t.anchorTo===`end`&&this.scrollElement!==null){let e=n.count,o=t.count,s=this.getMeasurements(),c=this._singleLaneMeasurements?.items??s,l=e=>Jt(c[e]),u=e>0?l(0):null,d=e>0?l(e-1):null;if(o!==e||e>0&&o>0&&(t.getItemKey(0)!==u||t.getItemKey(o-1)!==d)){a=!0;let c=e>0?this.getVirtualItemForOffset(this.getScrollOffset())??s[0]:null;c&&(r=[c.key,this.getScrollOffset()-c.start]);let u=t.followOnAppend===!0?`auto`:t.followOnAppend||null;u&&o>0&&this.isAtEnd(n.scrollEndThreshold)&&(e===0||t.getItemKey(o-1)!==d)&&(o>e||Sn(e,o,l,t.getItemKey))&&(i=u)}}this.options=t,a&&(this.pendingMin=0,this.itemSizeCacheVersion++);let o=null;if(r&&this.scrollOffset!==null&&!this._awaitingCommandReadBack()){let[e,t]=r,n=this.getMeasurements(),{count:a,getItemKey:s}=this.options,c=0;for(;c<a&&s(c)!==e;)c++;if(c<a){let e=n[c];if(e){let n=Math.max(0,e.start+t);!i&&n!==this.scrollOffset&&(o=n-this.scrollOffset,this.scrollOffset=n)}}}i?this.pendingScrollAnchor={kind:`follow`,behavior:i}:o!==null&&(this._canWriteScroll()?this.pendingScrollAnchor={kind:`anchor`,delta:o}:(this._holdOffset+=o,this._followOffsetTarget(o)))},this.notify=e=>{var t,n;(n=(t=this.options).onChange)==null||n.call(t,this,e)},this.maybeNotify=H(()=>(this.calculateRange(),[this.isScrolling,this.range?this.range.startIndex:null,this.range?this.range.endIndex:null]),e=>{this.notify(e)},{key:!1,debug:()=>this.options.debug,initialDeps:[this.isScrolling,this.range?this.range.startIndex:null,this.range?this.range.endIndex:null]}),this.cleanup=()=>{var e;this.unsubs.filter(Boolean).forEach(e=>e()),this.unsubs=[],this.observer.disconnect(),this.rafId!=null&&this.targetWindow&&(this.targetWindow.cancelAnimationFrame(this.rafId),this.rafId=null),this.scrollState=null,(e=this._momentumStop)==null||e.restore(),this._momentumStop=null,this.isScrolling=!1,this.scrollDirection=null,this._holdOffset=0,this._reportedOverscroll=!1,this._clampedAdjustment=null,this.pendingWrite=null,this.scrollElement=null,this.targetWindow=null},this._didMount=()=>()=>{this.cleanup()},this._willUpdate=()=>{let e=this.options.enabled?this.options.getScrollElement():null;if(this.scrollElement!==e){if(this.cleanup(),!e){this.maybeNotify();return}this.scrollElement=e,this.targetWindow=this.scrollElement&&`ownerDocument`in this.scrollElement?this.scrollElement.ownerDocument.defaultView:this.scrollElement?.window??null,this.elementsCache.forEach(e=>{this.observer.observe(e)}),this.unsubs.push(this.options.observeElementRect(this,e=>{this.scrollRect=e,this.maybeNotify()})),this.unsubs.push(this.options.observeElementOffset(this,(e,t)=>{let n=t?this._elementMaxScrollOffset():null,r=this._reportedOverscroll;this._reportedOverscroll=e<0||n!==null&&e>n+1;let i=e;this._lastElementOffset=i,e=this._toLayoutOffset(e);let a=this._classifyScrollEvent(e,t,n);if(a===`spurious`)return;a===`readBack`?e=this.pendingWrite.target:a===`clampedReadBack`&&this.scrollState?.index!=null&&e<this.getMaxScrollOffset()-1.5?this.scrollState.lastTargetOffset=e:en({kind:a,offset:e,command:this.scrollState,target:()=>this.getScrollStateTarget(this.scrollState)})&&(this.scrollState=null),this.pendingWrite=null,this._clampedAdjustment!==null&&Math.abs(e-this._clampedAdjustment.maxAtWrite)>=1.5&&(this._clampedAdjustment=null);let o=this.getScrollOffset(),s=this.scrollDirection;this.scrollDirection=t?o===e?this.scrollDirection:o<e?`forward`:`backward`:null,this.scrollOffset=e,this.isScrolling=t;let c=this.scrollState;if(c?.phase===`queued`&&a===`external`&&t){if(r||this._reportedOverscroll)c.samples=[];else{let e=this.now();c.samples=[...(c.samples??[]).filter(t=>e-t.t<=200),{t:e,offset:i}],(s!==null&&this.scrollDirection!==s||nn(c.samples))&&(this.scrollState=null)}}this._iosGesture.onScroll({isScrolling:t,ownReadBack:a===`readBack`,moved:e!==o,external:a===`external`&&this.scrollState?.phase!==`smooth`&&this.scrollState?.phase!==`smoothFinishing`})&&this.scrollState?.phase===`queued`&&(this.scrollState=null),this._flushHoldIfReady(!0),this.scrollState&&this.scheduleScrollReconcile(),this.maybeNotify()})),`addEventListener`in this.scrollElement&&this.unsubs.push(this._iosGesture.listen(this.scrollElement)),this._scrollToOffset(this.getScrollOffset())}this._noteClampMax();let t=this.pendingScrollAnchor;this.pendingScrollAnchor=null,t&&this.scrollElement&&this.options.enabled&&(t.kind===`anchor`?this._canWriteScroll()?K(this.scrollState)&&!U(this.getScrollOffset()-t.delta,this.scrollState.lastTargetOffset)||(this._followOffsetTarget(t.delta),this._scrollToOffset(this.getScrollOffset())):(this._holdOffset+=t.delta,this._followOffsetTarget(t.delta),this.notify(!1)):this.scrollToEnd({behavior:t.behavior})),this._flushHoldIfReady(!1),this._retryClampedAdjustment()},this._classifyScrollEvent=(e,t,n)=>Qt({offset:e,isScrolling:t,elementMax:n,holdOffset:this._holdOffset,scrollOffset:this.scrollOffset,pendingWrite:this.pendingWrite,clampedMaxAtWrite:this._clampedAdjustment?.maxAtWrite??null}),this._retryClampedAdjustment=()=>{if(this._clampedAdjustment===null||!this.scrollElement||!this.options.enabled||!this._canWriteScroll())return;let{target:e,maxAtWrite:t}=this._clampedAdjustment,n=this.getMaxScrollOffset();n>t+.5&&(this._clampedAdjustment=e>n+.5?{target:e,maxAtWrite:n}:null,this._scrollToOffset(e))},this._writeAwaitingCommand=()=>{let e=this.scrollState;if(e===null||e.phase!==`queued`)return;let{behavior:t}=e;this.getMeasurements();let n=this.getScrollStateTarget(e);e.lastTargetOffset=n,this._clampedAdjustment=null,e.phase=xn(t,e.index!=null&&U(n,this.getScrollOffset())),this._scrollToOffset(n,{behavior:t}),this.scheduleScrollReconcile()},this._readElementOffset=()=>{let e=this.scrollElement;if(e==null)return null;let{horizontal:t,isRtl:n}=this.options;return typeof e.scrollTop==`number`?t?e.scrollLeft*(n&&-1||1):e.scrollTop:typeof e.scrollY==`number`?t?e.scrollX:e.scrollY:null},this._canWriteScroll=()=>!(an()&&this._iosGesture.inMotion())&&!this._reportedOverscroll,this._flushHoldIfReady=e=>{if(this._holdOffset===0||!this.scrollElement||!this.options.enabled||!this._canWriteScroll()||this.scrollState?.phase===`smooth`)return;this._holdOffset=0,this.scrollOffset!==null&&this.scrollOffset<0&&(this.scrollOffset=0),this.notify(e);let t=this.getCommandWrittenOffset()??this.getScrollOffset();this._clampedAdjustment=this._clampedBy(t),this._scrollToOffset(t)},this.rafId=null,this.getSize=()=>this.options.enabled?(this.scrollRect=this.scrollRect??this.options.initialRect,this.scrollRect[this.options.horizontal?`width`:`height`]):(this.scrollRect=null,0),this.getScrollOffset=()=>this.options.enabled?(this.scrollOffset=this.scrollOffset??(typeof this.options.initialOffset==`function`?this.options.initialOffset():this.options.initialOffset),this.scrollOffset):(this.scrollOffset=null,0),this.getMeasurementOptions=H(()=>[this.options.count,this.options.paddingStart,this.options.scrollMargin,this.options.getItemKey,this.options.enabled,this.options.lanes,this.options.laneAssignmentMode,this.options.gap],(e,t,n,r,i,a,o,s)=>(this.prevLanes!==void 0&&this.prevLanes!==a&&(this.lanesChangedFlag=!0),this.prevLanes=a,this.pendingMin=null,{count:e,paddingStart:t,scrollMargin:n,getItemKey:r,enabled:i,lanes:a,laneAssignmentMode:o,gap:s}),{key:!1}),this.isIndexInRange=e=>e>=0&&e<this.options.count,this.getMeasurements=H(()=>[this.getMeasurementOptions(),this.itemSizeCacheVersion],({count:e,paddingStart:t,scrollMargin:n,getItemKey:r,enabled:i,lanes:a,laneAssignmentMode:o,gap:s},c)=>{let l=this.itemSizeCache;if(!i)return this.measurementsCache=[],this._singleLaneMeasurements=null,this.itemSizeCache.clear(),this.laneAssignments.clear(),[];if(this.laneAssignments.size>e)for(let t of this.laneAssignments.keys())t>=e&&this.laneAssignments.delete(t);this.lanesChangedFlag&&(this.lanesChangedFlag=!1,this.lanesSettling=!0,this.measurementsCache=[],this._singleLaneMeasurements=null,this.itemSizeCache.clear(),this.laneAssignments.clear(),this.pendingMin=null),this.measurementsCache.length===0&&!this.lanesSettling&&(this.measurementsCache=this.options.initialMeasurementsCache,this.measurementsCache.forEach(e=>{this.itemSizeCache.set(e.key,e.size)}));let u=this.lanesSettling?0:this.pendingMin??0;if(this.pendingMin=null,this.lanesSettling&&this.measurementsCache.length===e&&(this.lanesSettling=!1),a===1){let i=e*2,a=this._singleLaneMeasurements?.flat;if(!a||a.length<i){let e=new Float64Array(i);a&&u>0&&e.set(a.subarray(0,u*2)),a=e}let o=u===0?Array(e):this._singleLaneMeasurements.items.slice(),c;if(u===0)c=t+n;else{let e=u-1;c=a[e*2]+a[e*2+1]+s}for(let t=u;t<e;t++){let e=r(t);o[t]=e;let n=l.get(e),i=typeof n==`number`?n:this.options.estimateSize(t);a[t*2]=c,a[t*2+1]=i,c+=i+s}this._singleLaneMeasurements={flat:a,items:o};let d=Yt(o,a);return this.measurementsCache=d,d}let d=this.measurementsCache.slice(0,u),f=Array(a).fill(void 0),p=new Float64Array(a),m=0;for(let e=0;e<u;e++){let t=d[e];t&&(f[t.lane]===void 0&&m++,f[t.lane]=e,p[t.lane]=t.end)}for(let i=u;i<e;i++){let e=r(i),c=this.laneAssignments.get(i),u,h,g=o===`estimate`||l.has(e);if(c!==void 0&&this.options.lanes>1){u=c;let e=f[u],r=e===void 0?void 0:d[e];h=r?r.end+s:t+n}else if(m===a){let e=0,t=p[0],n=f[0];for(let r=1;r<a;r++){let i=p[r];(i<t||i===t&&f[r]<n)&&(e=r,t=i,n=f[r])}u=e,h=t+s,g&&this.laneAssignments.set(i,u)}else u=i%this.options.lanes,h=t+n,g&&this.laneAssignments.set(i,u);let _=l.get(e),v=typeof _==`number`?_:this.options.estimateSize(i),y=h+v;d[i]={index:i,start:h,size:v,end:y,key:e,lane:u},f[u]===void 0&&m++,f[u]=i,p[u]=y}return this.measurementsCache=d,d},{key:!1,debug:()=>this.options.debug}),this.calculateRange=H(()=>[this.getMeasurements(),this.getSize(),this.getScrollOffset(),this.options.lanes,this._getLayoutTotalSize()+this.options.scrollMargin],(e,t,n,r,i)=>{if(e.length===0||t===0)return this.range=null,null;let a=Math.max(i-t,0);return this.range=En(e,t,Math.min(n,a),r,r===1&&this._singleLaneMeasurements!==null?this._singleLaneMeasurements.flat:null),this.range},{key:!1,debug:()=>this.options.debug}),this.getVirtualIndexes=H(()=>{let e=null,t=null,n=this.calculateRange();return n&&(e=n.startIndex,t=n.endIndex),this.maybeNotify.updateDeps([this.isScrolling,e,t]),[this.options.rangeExtractor,this.options.overscan,this.options.count,e,t,this.options.lanes]},(e,t,n,r,i,a)=>r===null||i===null?[]:e({startIndex:r,endIndex:i,overscan:t,count:n,lanes:a}),{key:!1,debug:()=>this.options.debug}),this.indexFromElement=e=>{let t=this.options.indexAttribute,n=e.getAttribute(t);return n?parseInt(n,10):(console.warn(`Missing attribute name '${t}={index}' on measured element.`),-1)},this.shouldMeasureDuringScroll=e=>{if(!K(this.scrollState))return!0;let t=this.scrollState.index??this.getVirtualItemForOffset(this.scrollState.lastTargetOffset)?.index;if(t!==void 0&&this.range){let n=Math.max(this.options.overscan,Math.ceil((this.range.endIndex-this.range.startIndex)/2)),r=Math.max(0,t-n),i=Math.min(this.options.count-1,t+n);return e>=r&&e<=i}return!0},this.measureElement=e=>{if(!e){this.elementsCache.forEach((e,t)=>{e.isConnected||(this.observer.unobserve(e),this.elementsCache.delete(t))});return}let t=this.indexFromElement(e);if(!this.isIndexInRange(t))return;let n=this.options.getItemKey(t),r=this.elementsCache.get(n);r!==e&&(r&&this.observer.unobserve(r),this.observer.observe(e),this.elementsCache.set(n,e)),e.isConnected&&(!this.isScrolling||this.scrollState)&&this.shouldMeasureDuringScroll(t)&&this.resizeItem(t,this.options.measureElement(e,void 0,this))},this.resizeItem=(e,t)=>{var n;if(!this.isIndexInRange(e))return;this._resizeBatch?.sync&&this.getMeasurements();let r,i,a,o=this._singleLaneMeasurements?.flat;if(this.options.lanes===1&&o!=null)a=this.options.getItemKey(e),i=o[e*2],r=o[e*2+1];else{let t=this.measurementsCache[e];if(!t)return;a=t.key,i=t.start,r=t.size}let s=this.itemSizeCache.get(a)??r,c=t-s;if(c!==0){let o=this.options.anchorTo===`end`&&!K(this.scrollState)&&this.getVirtualDistanceFromEnd()<=this.options.scrollEndThreshold,l=o?this._getLayoutTotalSize():0,u=this.getScrollOffset(),d=this.itemSizeCache.has(a)?i+s<=u&&this.scrollDirection!==`backward`:i<u,f=!K(this.scrollState)&&(this.shouldAdjustScrollPositionOnItemSizeChange===void 0?d:this.shouldAdjustScrollPositionOnItemSizeChange(this.measurementsCache[e]??{index:e,key:a,start:i,size:r,end:i+r,lane:0},c,this));(this.pendingMin===null||e<this.pendingMin)&&(this.pendingMin=e),this.itemSizeCache.set(a,t),this.itemSizeCacheVersion++;let p=!1;if(this._awaitingCommandReadBack()||(o?p=this.applyScrollAdjustment(this._getLayoutTotalSize()-l):f&&(p=this.applyScrollAdjustment(c))),this._resizeBatch){this._resizeBatch.notify=!0,(n=this._resizeBatch).sync||(n.sync=p);return}this.notify(p),this._noteClampMax(),this._flushHoldIfReady(!0),this._retryClampedAdjustment()}},this.getVirtualItems=H(()=>[this.getVirtualIndexes(),this.getMeasurements(),this._holdOffset],(e,t,n)=>{let r=[];for(let i=0,a=e.length;i<a;i++){let a=t[e[i]];r.push(n===0?a:{...a,start:a.start-n,end:a.end-n})}return r},{key:!1,debug:()=>this.options.debug}),this.getVirtualItemForOffset=e=>{let t=this.getMeasurements();if(t.length===0)return;let n=this._singleLaneMeasurements?.flat,r=this.options.lanes===1&&n!=null;return Xt(t[wn(0,t.length-1,r?e=>n[e*2]:e=>Xt(t[e]).start,e)])},this._noteClampMax=()=>{if(!this._awaitingCommandReadBack())return;let e=this._elementMaxScrollOffset();if(e===null)return;let t=this.pendingWrite,n=Math.max(e,0)+this._holdOffset;if(n>=t.target)return;let r=t.lowMaxes??=[];r[r.length-1]!==n&&r.push(n)},this.getMaxScrollOffset=()=>(this._elementMaxScrollOffset()??0)+this._holdOffset,this._toLayoutOffset=e=>{let t=e+this._holdOffset;return this.pendingScrollAnchor?.kind===`anchor`&&(t+=this.pendingScrollAnchor.delta),t},this._elementMaxScrollOffset=()=>{let e=this.scrollElement;if(e===null)return null;if(`scrollHeight`in e)return this.options.horizontal?e.scrollWidth-e.clientWidth:e.scrollHeight-e.clientHeight;if(`document`in e){let t=e.document.documentElement;return this.options.horizontal?t.scrollWidth-e.innerWidth:t.scrollHeight-e.innerHeight}return null},this._momentumStop=null,this._stopMomentum=e=>{let t=this.scrollElement,n=this.targetWindow;if(t===null||n===null)return;let r=`document`in t?t.document.scrollingElement:t;if(!r?.style)return;if(this._momentumStop){this._momentumStop.done=e;return}let{style:i}=r,a=this.options.horizontal?`overflow-x`:`overflow-y`,o=i.getPropertyValue(a),s=i.getPropertyPriority(a),c=()=>this.options.horizontal?r.clientHeight:r.clientWidth,l=c();if(i.setProperty(a,`hidden`,`important`),c()!==l){i.setProperty(a,o,s);return}let u={restore:()=>i.getPropertyValue(a)!==`hidden`||i.getPropertyPriority(a)!==`important`?!1:(i.setProperty(a,o,s),!0),done:e};this._momentumStop=u,n.requestAnimationFrame(()=>n.requestAnimationFrame(()=>{this._momentumStop===u&&(this._momentumStop=null,u.restore()&&u.done())}))},this._clampedBy=e=>{let t=this._elementMaxScrollOffset();if(t===null)return null;let n=t+this._holdOffset;return e>n+.5?{target:e,maxAtWrite:n}:null},this.getVirtualDistanceFromEnd=()=>Math.max(this._getLayoutTotalSize()+this.options.scrollMargin-this.getSize()-this.getScrollOffset(),0),this.getDistanceFromEnd=()=>Math.max(this.getMaxScrollOffset()-this.getScrollOffset(),0),this.isAtEnd=(e=this.options.scrollEndThreshold)=>this.getDistanceFromEnd()<=e,this.getOffsetForAlignment=(e,t,n=0)=>{if(!this.scrollElement)return 0;let r=this.getSize(),i=this.getScrollOffset();t===`auto`&&(t=e>=i+r?`end`:`start`),t===`center`?e+=(n-r)/2:t===`end`&&(e-=r);let a=this.getMaxScrollOffset();return Math.max(Math.min(a,e),0)},this.getOffsetForIndex=(e,t=`auto`)=>{e=Math.max(0,Math.min(e,this.options.count-1));let n=this.getSize(),r=this.getScrollOffset(),i=this.getMeasurements()[e];if(!i)return;if(t===`auto`){if(i.end>=r+n-this.options.scrollPaddingEnd)t=`end`;else if(i.start<=r+this.options.scrollPaddingStart)t=`start`;else return[r,t]}if(t===`end`&&e===this.options.count-1){let e=this.getMaxScrollOffset(),n=e-this.options.paddingEnd+this.options.scrollPaddingEnd;return[Math.max(Math.min(n,e),0),t]}let a=t===`end`?i.end+this.options.scrollPaddingEnd:i.start-this.options.scrollPaddingStart;return[this.getOffsetForAlignment(a,t,i.size),t]},this.scrollToOffset=(e,{align:t=`start`,behavior:n=`auto`}={})=>{this._startScroll({index:null,align:t},this.getOffsetForAlignment(e,t),n,`absolute`)},this.scrollToIndex=(e,{align:t=`auto`,behavior:n=`auto`}={})=>{e=Math.max(0,Math.min(e,this.options.count-1));let r=this.getOffsetForIndex(e,t);if(!r)return;let[i,a]=r;this._startScroll({index:e,align:a},i,n,`absolute`)},this.scrollBy=(e,{behavior:t=`auto`}={})=>{let n=this.getOffsetForAlignment((this.getCommandWrittenOffset()??this.getScrollOffset())+e,`start`);this._startScroll({index:null,align:`start`},n,t,`relative`)},this.scrollToEnd=({behavior:e=`auto`}={})=>{this.options.count>0?this._startScroll({index:this.options.count-1,align:`end`,toEnd:!0},Math.max(this.getMaxScrollOffset(),0),e,`absolute`):this.scrollToOffset(Math.max(this.getTotalSize()-this.getSize(),0),{behavior:e})},this.cancelScroll=()=>{this.rafId!=null&&this.targetWindow&&(this.targetWindow.cancelAnimationFrame(this.rafId),this.rafId=null),this.scrollState=null},this.getTotalSize=()=>Math.max(this._getLayoutTotalSize()-this._holdOffset,0),this._getLayoutTotalSize=()=>{let e=this.getMeasurements(),t;if(e.length===0)t=this.options.paddingStart;else if(this.options.lanes===1){let n=e.length-1,r=this._singleLaneMeasurements?.flat;t=r==null?e[n]?.end??0:r[n*2]+r[n*2+1]}else{let n=Array(this.options.lanes).fill(null),r=e.length-1;for(;r>=0&&n.some(e=>e===null);){let t=e[r];n[t.lane]===null&&(n[t.lane]=t.end),r--}t=Math.max(...n.filter(e=>e!==null))}return Math.max(t-this.options.scrollMargin+this.options.paddingEnd,0)},this.takeSnapshot=()=>{let e=[];if(this.itemSizeCache.size===0)return e;let t=this.getMeasurements();for(let n of t)n&&this.itemSizeCache.has(n.key)&&e.push({index:n.index,key:n.key,start:n.start,size:n.size,end:n.end,lane:n.lane});return e},this._scrollToOffset=(e,{adjustments:t,behavior:n}={})=>{let r={target:e+(t??0),smooth:n===`smooth`};return this.pendingWrite=r,this.options.scrollToFn(e-this._holdOffset,{behavior:n,adjustments:t},this),r},this.getCommandWrittenOffset=()=>this.scrollState!==null&&this.pendingWrite!==null&&!this.pendingWrite.smooth?this.pendingWrite.target:null,this._awaitingCommandReadBack=()=>{let e=this.getCommandWrittenOffset();return!(an()&&this._iosGesture.dragging())&&e!==null&&!U(e,this.getScrollOffset())},this._followOffsetTarget=e=>{this.scrollState!==null&&this.scrollState.index==null&&(this.scrollState.lastTargetOffset+=e)},this.measure=()=>{this.pendingMin=null,this.itemSizeCache.clear(),this.laneAssignments.clear(),this.itemSizeCacheVersion++,this.notify(!1)},this.setOptions(e)}get scrollAdjustments(){return 0}applyScrollAdjustment(e,t){if(e===0)return!1;if(this._followOffsetTarget(e),this._canWriteScroll()){let n=this.getScrollOffset();this._clampedAdjustment=this._clampedBy(n+e);let r=this._scrollToOffset(n,{adjustments:e,behavior:t});return this.scrollOffset!==null&&(this.pendingWrite===r&&(this.scrollOffset+=e),this.scrollOffset<0&&(this.scrollOffset=0)),!0}return this._holdOffset+=e,this.scrollOffset!==null&&(this.scrollOffset+=e),!0}scheduleScrollReconcile(){this.targetWindow?this.rafId??=this.targetWindow.requestAnimationFrame(()=>{this.rafId=null,this.reconcileScroll()}):this.scrollState=null}getScrollStateTarget(e){let t=e.toEnd?[Math.max(this.getMaxScrollOffset(),0)]:e.index==null?void 0:this.getOffsetForIndex(e.index,e.align);return t?t[0]:e.lastTargetOffset}reconcileScroll(){if(!this.scrollState||!this.scrollElement)return;if(this.now()-this.scrollState.startedAt>5e3){this.scrollState=null;return}if(this.scrollState.phase===`queued`){this.scheduleScrollReconcile();return}this.getMeasurements();let e=this.getScrollStateTarget(this.scrollState),t=this.scrollState.index==null?1:this.options.useAnimationFrameWithResizeObserver?3:2,n=e!==this.scrollState.lastTargetOffset;if(!n&&U(e,this.getScrollOffset())){if(this.scrollState.phase===`smooth`?this.scrollState.phase=`smoothLanded`:this.scrollState.phase===`smoothFinishing`&&(this.scrollState.phase=`instant`),this.scrollState.stableFrames++,this.scrollState.stableFrames>=t){this.getScrollOffset()!==e&&this._scrollToOffset(e,{behavior:`auto`}),this.scrollState=null;return}}else if(this.scrollState.stableFrames=0,n){let t=this.getSize()||600,n=Math.abs(e-this.getScrollOffset()),r=K(this.scrollState)&&n>t;this.scrollState.lastTargetOffset=e,r?this.scrollState.phase=`smooth`:this.scrollState.phase===`smooth`?this.scrollState.phase=`smoothFinishing`:this.scrollState.phase===`smoothLanded`&&(this.scrollState.phase=`instant`),this._scrollToOffset(e,{behavior:r?`smooth`:`auto`})}this.scheduleScrollReconcile()}_startScroll(e,t,n,r){this.pendingScrollAnchor=null,this._clampedAdjustment=null;let i=this._iosGesture.tail();if(r===`absolute`&&i!==null){if(i===`fling`&&cn()){this._stopMomentum(()=>{this.scrollState?.phase!==`queued`||this._iosGesture.tail()!==`fling`||this._reportedOverscroll||(this._iosGesture.end(),this._flushHoldIfReady(!0),this._writeAwaitingCommand())}),this.scrollState={...e,startedAt:this.now(),lastTargetOffset:t,stableFrames:0,phase:`queued`,behavior:n,samples:[]},this.scheduleScrollReconcile();return}this._iosGesture.end()}this.scrollState={...e,startedAt:this.now(),lastTargetOffset:t,stableFrames:0,behavior:n,phase:xn(n,e.index!=null&&U(t,this.getScrollOffset()))},this._scrollToOffset(t,{behavior:n}),this.scheduleScrollReconcile()}},wn=(e,t,n,r)=>{for(;e<=t;){let i=(e+t)/2|0,a=n(i);if(a<r)e=i+1;else if(a>r)t=i-1;else return i}return e>0?e-1:0};function Tn(e,t,n){let r=0;for(;r<=t;){let i=(r+t)/2|0,a=e[i*2];if(a<n)r=i+1;else if(a>n)t=i-1;else return i}return r>0?r-1:0}function En(e,t,n,r,i){let a=e.length-1;if(e.length<=r)return{startIndex:0,endIndex:a};if(r===1&&i!==null){let e=Tn(i,a,n),r=e,o=n+t;for(;r<a&&i[r*2]+i[r*2+1]<o;)r++;return{startIndex:e,endIndex:r}}let o=wn(0,a,t=>e[t].start,n),s=o;if(r===1)for(;s<a&&e[s].end<n+t;)s++;else if(r>1){let i=Array(r).fill(0);for(;s<a&&i.some(e=>e<n+t);){let t=e[s];i[t.lane]=t.end,s++}let c=Array(r).fill(n+t);for(;o>=0&&c.some(e=>e>=n);){let t=e[o];c[t.lane]=t.start,o--}o=Math.max(0,o-o%r),s=Math.min(a,s+(r-1-s%r))}return{startIndex:o,endIndex:s}}var{I:Dn}=Oe,On=e=>e,kn=e=>e.strings===void 0,An=()=>document.createComment(``),q=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new Dn(r.insertBefore(An(),i),r.insertBefore(An(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=On(e).nextSibling;On(r).insertBefore(e,i),e=t}}}return n},J=(e,t,n=e)=>(e._$AI(t,n),e),jn={},Mn=(e,t=jn)=>e._$AH=t,Nn=e=>e._$AH,Pn=e=>{e._$AR(),e._$AA.remove()},Y={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Fn=e=>(...t)=>({_$litDirective$:e,values:t}),In=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},Ln=(e,t)=>{let n=e._$AN;if(n===void 0)return!1;for(let e of n)e._$AO?.(t,!1),Ln(e,t);return!0},Rn=e=>{let t,n;do{if((t=e._$AM)===void 0)break;n=t._$AN,n.delete(e),e=t}while(n?.size===0)},zn=e=>{for(let t;t=e._$AM;e=t){let n=t._$AN;if(n===void 0)t._$AN=n=/* @__PURE__ */ new Set;else if(n.has(e))break;n.add(e),Hn(t)}};function Bn(e){this._$AN===void 0?this._$AM=e:(Rn(this),this._$AM=e,zn(this))}function Vn(e,t=!1,n=0){let r=this._$AH,i=this._$AN;if(i!==void 0&&i.size!==0){if(t){if(Array.isArray(r))for(let e=n;e<r.length;e++)Ln(r[e],!1),Rn(r[e]);else r!=null&&(Ln(r,!1),Rn(r))}else Ln(this,e)}}var Hn=e=>{e.type==Y.CHILD&&(e._$AP??=Vn,e._$AQ??=Bn)},Un=class extends In{constructor(){super(...arguments),this._$AN=void 0}_$AT(e,t,n){super._$AT(e,t,n),zn(this),this.isConnected=e._$AU}_$AO(e,t=!0){e!==this.isConnected&&(this.isConnected=e,e?this.reconnected?.():this.disconnected?.()),t&&(Ln(this,e),Rn(this))}setValue(e){if(kn(this._$Ct))this._$Ct._$AI(e,this);else{let t=[...this._$Ct._$AH];t[this._$Ci]=e,this._$Ct._$AI(t,this,0)}}disconnected(){}reconnected(){}},X=()=>new Wn,Wn=class{},Gn=/* @__PURE__ */ new WeakMap,Z=Fn(class extends Un{render(e){return j}update(e,[t]){let n=t!==this.G;return n&&this.rt(void 0),(n||this.lt!==this.ct)&&(this.G=t,this.ht=e.options?.host,this.rt(this.ct=e.element)),j}rt(e){if(this.G!==void 0){if(this.isConnected||(e=void 0),typeof this.G==`function`){let t=this.ht??globalThis,n=Gn.get(t);n===void 0&&(n=/* @__PURE__ */ new WeakMap,Gn.set(t,n)),n.get(this.G)!==void 0&&this.G.call(this.ht,void 0),n.set(this.G,e),e!==void 0&&this.G.call(this.ht,e)}else this.G.value=e}}get lt(){return typeof this.G==`function`?Gn.get(this.ht??globalThis)?.get(this.G):this.G?.value}disconnected(){this.lt===this.ct&&this.rt(void 0)}reconnected(){this.rt(this.ct)}}),Kn=(e,t,n)=>{let r=/* @__PURE__ */ new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},qn=Fn(class extends In{constructor(e){if(super(e),e.type!==Y.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=Nn(e),{values:a,keys:o}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=o,a;let s=this.ut??=[],c=[],l,u,d=0,f=i.length-1,p=0,m=a.length-1;for(;d<=f&&p<=m;)if(i[d]===null)d++;else if(i[f]===null)f--;else if(s[d]===o[p])c[p]=J(i[d],a[p]),d++,p++;else if(s[f]===o[m])c[m]=J(i[f],a[m]),f--,m--;else if(s[d]===o[m])c[m]=J(i[d],a[m]),q(e,c[m+1],i[d]),d++,m--;else if(s[f]===o[p])c[p]=J(i[f],a[p]),q(e,i[d],i[f]),f--,p++;else if(l===void 0&&(l=Kn(o,p,m),u=Kn(s,d,f)),l.has(s[d])){if(l.has(s[f])){let t=u.get(o[p]),n=t===void 0?null:i[t];if(n===null){let t=q(e,i[d]);J(t,a[p]),c[p]=t}else c[p]=J(n,a[p]),q(e,i[d],n),i[t]=null;p++}else Pn(i[f]),f--}else Pn(i[d]),d++;for(;p<=m;){let t=q(e,c[m+1]);J(t,a[p]),c[p++]=t}for(;d<=f;){let e=i[d++];e!==null&&Pn(e)}return this.ut=o,Mn(e,c),A}}),Q=e=>O`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${e}</svg>`,Jn=Q(k`<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>`),Yn=Q(k`<path d="m6 6 12 12M18 6 6 18"/>`),Xn=O`<svg class="icon mirrored" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
  <path d="M14.5 5.5 8 12l6.5 6.5" />
</svg>`,Zn=Q(k`<path d="m7 10 5 5 5-5"/>`),Qn=Q(k`<path d="m5 12.5 4.5 4.5L19 7.5"/>`),$n=Q(k`<rect x="5.5" y="11" width="13" height="9" rx="2"/><path d="M8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>`),er=Q(k`<path class="solid" d="M8.5 5.8v12.4c0 .6.7 1 1.2.7l9.3-6.2a.8.8 0 0 0 0-1.4L9.7 5.1c-.5-.3-1.2.1-1.2.7z"/>`),tr=Q(k`<rect class="solid" x="7" y="7" width="10" height="10" rx="1.5"/>`),nr=Q(k`<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20c.8-4 3.7-6 7.5-6s6.7 2 7.5 6"/>`),rr=Q(k`<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.4v.1"/>`),ir=Q(k`<path d="M4 4l16 16M8.5 16a5 5 0 0 1 6-.8M5 12.5a10 10 0 0 1 4.6-2.6M13.6 9.6a10 10 0 0 1 5.4 2.9M12 19.5v.1"/>`),ar=Q(k`<path d="M5 10v4M9 7v10M13 4.5v15M17 8v8M21 10.5v3"/>`);function or(e,t,n,r,i,a){let{i18n:o,chosen:s}=e,{groupId:c,name:l,status:u}=t,d=s.look?.groupId===c,f=o.t(`looks`,{count:t.looksCount}),p=t.ownership===`PRIVATE`&&!e.fixedOwnership?o.t(`private`):``,m=u&&u!==`COMPLETED`&&u!==`UNKNOWN`?o.t(`status${u}`):``;return O`<div role="listitem" aria-setsize=${r} aria-posinset=${n+1}>
    <button
      type="button"
      class="card"
      part="card"
      data-index=${n}
      data-group=${c}
      tabindex=${i?0:-1}
      aria-expanded=${e.openGroupId===c}
      @click=${a}
    >
      <span class="card-text">
        <span class="card-name" part="card-name" title=${l}><bdi>${l}</bdi></span>
        <span class="card-meta">${f}</span>
      </span>
      <span class="image" part="card-image">
        ${e.previewImages.image(t.previewImageUrl,l)}
        ${p===``?j:O`<span class="pill top">${$n}${p}</span>`}
        ${d?O`<span class="tick">${Qn}<span class="hidden">${o.t(`chosen`)}</span></span>`:j}
        ${m===``?j:O`<span class="pill bottom" data-status=${u}>${m}</span>`}
      </span>
    </button>
  </div>`}function sr(){return O`<div class="skeleton" aria-hidden="true">
    <div class="image"></div>
    <div class="line"></div>
    <div class="line short"></div>
  </div>`}function cr(e,t,n=!1){let{code:r,retryAfter:i}=t;if(r===`UPSTREAM_UNAUTHENTICATED`&&n)return e.t(`error_UPSTREAM_UNAUTHENTICATED_OWN`);if(r===`RATE_LIMITED`)return i?e.t(`error_RATE_LIMITED`,{count:Math.ceil(i)}):e.t(`error_RATE_LIMITED_SOON`);let a=`error_${r}`;return e.has(a)?e.t(a):e.t(`error_UNKNOWN`,{code:r})}function lr(e){e.preventDefault(),e.stopPropagation()}function ur({currentTarget:e}){e.closest(`.root`)?.focus({preventScroll:!0})}function dr(e,t,n,r,i=j){let{i18n:a,apiKey:o}=e;return O`<div class="state" part="error" role="alert">
    <span class="state-icon">${rr}</span>
    ${r?O`<strong>${r}</strong>`:j}
    <p>${cr(a,t,!!o)}</p>
    <div class="actions">
      ${i}
      <button type="button" class="button ${i===j?`primary`:``}" part="button" @click=${e=>{ur(e),n()}}>${a.t(`retry`)}</button>
    </div>
  </div>`}function fr({query:e,fixedOwnership:t}){return e.gender.length>0||e.status.length>0||e.ownership!==null&&!t}function pr(e){e.search({search:``,gender:[],status:[],ownership:e.fixedOwnership,order:`relevance`}),e.filterLooks(null),e.focus()}function mr(e){let{i18n:t,list:n,query:r}=e,i=r.search!==``||fr(e),a=O`<button type="button" class="button primary" part="button" @click=${()=>pr(e)}>
    ${t.t(`clearFilters`)}
  </button>`;if(n?.error){let{code:o}=n.error,s=(o===`CATALOGUE_TOO_LARGE`||o===`BAD_USER_INPUT`)&&(i||r.order!==`relevance`)?a:j;return dr(e,n.error,()=>e.retry(),t.t(`errorTitle`),s)}let{search:o}=r;return O`<div class="state" part="empty">
    <span class="state-icon">${Jn}</span>
    <strong>${t.t(`empty`)}</strong>
    <p>${t.t(i?`emptyFilters`:`emptyAccount`)}</p>
    ${o===``?j:O`<p>${t.t(`emptySearch`)}</p>`}
    <div class="actions">
      ${o===``?j:O`<button type="button" class="button" part="button" @click=${()=>{e.search({search:``}),e.filterLooks({lookSearch:o}),e.focus()}}>${t.t(`lookSearchStart`,{search:o})}</button>`}
      ${i?a:j}
    </div>
  </div>`}function hr(e,t,n){return n?n.loading||n.total===null?``:e.t(`looks`,{count:n.total}):!t||t.loading||t.error?``:t.loaded===0?e.t(`empty`):t.total===null?e.t(`shownSome`,{shown:t.loaded}):e.t(`total`,{count:t.total})}var gr=Fn(class extends In{constructor(e){if(super(e),this.current=/* @__PURE__ */ new Map,e.type!==Y.ELEMENT)throw Error(`styled() is for elements`)}render(e){return j}update(e,[t]){let{style:n}=e.element;for(let[e,r]of Object.entries(t))this.current.get(e)!==r&&(this.current.set(e,r),n.setProperty(e,r));return j}});async function*_r(e,t,n){let r=e.watch(ze,{id:t},n);for await(let{avatarLookChanged:e}of r)yield e}async function*vr(e,t,n){let r=e.watch(Be,{id:t},n);for await(let{avatarGroupChanged:e}of r)yield e}var yr=class{constructor(e,t,n,r){this.host=e,this.max=t,this.subscribe=n,this.onChange=r,this.ids=[],this.active=/* @__PURE__ */ new Map,this.ended=/* @__PURE__ */ new Set,this.client=null,this.restart=()=>this.watch(this.ids),e.addController(this)}hostConnected(){document.addEventListener(`visibilitychange`,this.restart)}hostDisconnected(){document.removeEventListener(`visibilitychange`,this.restart),this.watch([])}watch(e){if(this.ids=e,this.client!==this.host.client){for(let e of this.active.values())e.abort();this.active.clear(),this.ended.clear(),this.client=this.host.client}let t=document.hidden?[]:e.filter(e=>!this.ended.has(e)).slice(0,this.max);for(let[e,n]of this.active)t.includes(e)||(n.abort(),this.active.delete(e));for(let e of t)this.active.has(e)||this.run(e)}async run(e){let{client:t}=this;if(!t)return;let n=new AbortController;this.active.set(e,n);try{for await(let r of this.subscribe(t,e,n.signal)){if(n.signal.aborted)return;r&&this.onChange(r)}}catch{}n.signal.aborted||(this.ended.add(e),this.active.delete(e),this.watch(this.ids))}},br=2,xr=4,Sr=2,Cr=class{constructor(e){this.host=e,this.scroller=X(),this.probe=X(),this.virtualizer=null,this.unmount=null,this.resizes=null,this.metrics={columns:1,row:0,gap:0},this.active=0,this.focusPending=!1,this.updated=/* @__PURE__ */ new Map,this.keydown=e=>{if(e.altKey||e.metaKey||e.shiftKey)return;let{columns:t,row:n,gap:r}=this.metrics,i=getComputedStyle(e.currentTarget).direction===`rtl`?-1:1,a=t*Math.max(1,Math.floor((this.scroller.value?.clientHeight??0)/(n+r))),o=this.host.list?.loaded??0,s={ArrowRight:i,ArrowLeft:-i,ArrowDown:t,ArrowUp:-t,PageDown:a,PageUp:-a,Home:-this.active,End:o-1-this.active}[e.key];if(s===void 0)return;e.preventDefault();let c=this.active+s;c<0&&e.key===`ArrowUp`||(c>=o&&this.host.list?.loadMore(),this.focus(c))},this.watchers=new yr(e,Sr,vr,t=>{this.updated.set(t.groupId,t),e.requestUpdate()}),e.addController(this)}hostDisconnected(){this.resizes?.disconnect(),this.resizes=null,this.unmount?.(),this.unmount=null,this.virtualizer=null}reset(){this.active=0,this.focusPending=!1,this.updated.clear(),this.scroller.value&&(this.scroller.value.scrollTop=0)}hostUpdated(){this.host.isConnected&&this.scroller.value&&(this.virtualizer||this.mount(this.scroller.value),this.loadVisible(),this.focusActive())}mount(e){this.measure(),this.virtualizer=new Cn(this.options(e)),this.unmount=this.virtualizer._didMount(),this.virtualizer._willUpdate(),this.resizes=new ResizeObserver(()=>this.resize()),this.resizes.observe(e),this.probe.value&&this.resizes.observe(this.probe.value),this.host.requestUpdate()}options(e){let{row:t,gap:n}=this.metrics;return{count:this.rows,getScrollElement:()=>e,estimateSize:()=>t,gap:n,paddingStart:n,paddingEnd:n,scrollPaddingStart:n,scrollPaddingEnd:n,overscan:br,rangeExtractor:e=>{let t=pn(e),n=this.rowOf(this.active);return n>=this.rows||t.includes(n)?t:[...t,n].sort((e,t)=>e-t)},observeElementRect:mn,observeElementOffset:vn,scrollToFn:bn,onChange:()=>this.host.requestUpdate()}}measure(){let e=this.scroller.value,t=this.probe.value;if(!e||!t)return!1;let n=parseFloat(getComputedStyle(t).columnGap)||0,r=e.clientWidth-2*n,i=Math.max(1,Math.floor((r+n)/(t.offsetWidth+n))),a=(r-(i-1)*n)/i,o=Math.round(a*4/3)+t.offsetHeight,s=this.metrics;return s.columns===i&&s.row===o&&s.gap===n?!1:(this.metrics={columns:i,row:o,gap:n},!0)}resize(){let{virtualizer:e}=this,t=(e?.range?.startIndex??0)*this.metrics.columns,n=(e?.scrollOffset??0)>0;this.measure()&&e&&this.scroller.value&&(e.setOptions(this.options(this.scroller.value)),e.measure(),this.host.openGroupId===null?n&&e.scrollToIndex(this.rowOf(t),{align:`start`}):e.scrollToIndex(this.rowOf(this.active),{align:`center`}),this.host.requestUpdate())}rowOf(e){return Math.floor(e/this.metrics.columns)}get count(){let{list:e}=this.host,t=this.metrics.columns*xr;return e?!e.loading||e.complete?e.loaded:e.loaded===0?t:e.loaded+this.metrics.columns*2:t}get rows(){return Math.ceil(this.count/this.metrics.columns)}loadVisible(){let{list:e}=this.host,t=this.virtualizer?.range;if(!e||!t||e.loaded===0)return this.watchers.watch([]);let{columns:n}=this.metrics,r=t.startIndex*n,i=Math.min((t.endIndex+1)*n,e.loaded)-1;r<=i&&e.ensure(r,i),i>=e.loaded-1&&!e.loading&&!e.complete&&!e.error&&e.loadMore();let a=[];for(let e=r;e<=i;e++){let t=this.at(e);(t?.status===`PROCESSING`||t?.status===`PENDING_CONSENT`)&&a.push(t.id)}this.watchers.watch(this.host.openGroupId===null?a:[])}at(e){let t=this.host.list?.at(e);return t&&(this.updated.get(t.groupId)??t)}focus(e){let t=this.host.list?.loaded??0;t!==0&&(this.active=Math.max(0,Math.min(e,t-1)),this.focusPending=!0,this.virtualizer?.scrollToIndex(this.rowOf(this.active),{align:`auto`}),this.host.requestUpdate())}focusCharacter(e){let t=this.host.list?.loaded??0;for(let n=0;n<t;n++)if(this.host.list?.at(n)?.groupId===e)return this.focus(n);this.focus(this.active)}focusActive(){if(!this.focusPending)return;let e=this.scroller.value?.querySelector(`[data-index="${this.active}"]`);e&&(this.focusPending=!1,e.focus({preventScroll:!0}))}render(){let{host:e,virtualizer:t}=this,{list:n,i18n:r}=e;t&&this.scroller.value&&(t.setOptions(this.options(this.scroller.value)),t._willUpdate());let i=n!==null&&n.loaded===0&&!n.loading;return O`<div class="scroller" part="grid" ${Z(this.scroller)}>
      <div class="probe" ${Z(this.probe)}></div>
      ${i?mr(e):O`<div
              class="cards"
              role="list"
              aria-label=${r.t(`avatars`)}
              aria-busy=${n?.loading??!0}
              @keydown=${this.keydown}
              ${gr({"block-size":`${t?.getTotalSize()??0}px`,"--_columns":String(this.metrics.columns)})}
            >
              ${qn(t?.getVirtualItems()??[],e=>e.key,e=>O`<div class="row" role="presentation" ${gr({transform:`translateY(${e.start}px)`})}>
                    ${this.renderRow(e.index)}
                  </div>`)}
            </div>
            ${this.renderFooter()}`}
    </div>`}renderRow(e){let{columns:t}=this.metrics,{list:n}=this.host,r=n?.loaded??0,i=n?.total??(n?.complete?r:-1),a=[];for(let n=e*t;n<Math.min((e+1)*t,this.count);n++){let e=n<r?this.at(n):void 0,t=n===Math.min(this.active,r-1);a.push(e?or(this.host,e,n,i,t,()=>{this.active=n,this.host.openCharacter(e)}):sr())}return a}renderFooter(){let{list:e,i18n:t}=this.host;if(!e||e.loaded===0)return j;let{loaded:n,total:r,complete:i,loading:a,error:o}=e;return o?mr(this.host):O`<div class="more">
      <span>${r===null?t.t(`shownSome`,{shown:n}):t.t(`shown`,{shown:n,total:r})}</span>
      ${i?j:O`<button type="button" class="button" part="button" aria-disabled=${a} @click=${()=>e.loadMore()}>
            ${t.t(a?`loading`:`loadMore`)}
          </button>`}
    </div>`}};function wr(e){let{i18n:t,offline:n,narrow:r,openGroupId:i}=e;return O`${n?O`<div class="banner" role="status" data-offline>${ir}<span>${t.t(`offline`)}</span></div>`:j}
  ${r&&i!==null?j:Tr(e)} ${Er(e)} ${Dr(e)}`}function Tr({i18n:e,previewImages:t,unresolved:n,isMissing:r,apiKey:i}){return O`${n?O`<div class="banner" part="error" role="alert" data-unresolved><span>${cr(e,n,!!i)}</span></div>`:j}
  ${t.needsConsent?O`<div class="banner" data-consent>
        <span>${e.t(`previewsHidden`)}</span>
        <button type="button" class="button" part="button" @click=${e=>{ur(e),t.consent()}}>${e.t(`previewsShow`)}</button>
      </div>`:j}
  ${r?O`<div class="banner" part="error" role="alert" data-invalid><span>${e.t(`required`)}</span></div>`:j}`}function Er(e){let{i18n:t,lookFilter:n,openGroupId:r}=e,{lookSearch:i}=n;return i===``||r!==null?j:O`<div class="banner" data-look-search>
    <span>${t.t(`lookSearchActive`,{search:i})}</span>
    <button type="button" class="button" part="button" @click=${()=>{e.filterLooks({lookSearch:``}),e.focus()}}>${t.t(`searchClear`)}</button>
  </div>`}function Dr(e){let{i18n:t,chosen:n,openGroupId:r,required:i}=e,{look:a}=n;return!a||a.groupId!==null&&a.groupId===r?j:O`<div class="banner" data-chosen-look>
    <span>${t.t(`chosenLook`,{name:a.name})}</span>
    ${a.groupId===null?j:O`<button type="button" class="button" part="button" @click=${()=>e.openChosen()}>${t.t(`chosenShow`)}</button>`}
    ${i?j:O`<button type="button" class="button" part="button" @click=${()=>e.removeChosen()}>${t.t(`chosenRemove`)}</button>`}
  </div>`}var $=Fn(class extends In{constructor(e){if(super(e),e.type!==Y.PROPERTY&&e.type!==Y.ATTRIBUTE&&e.type!==Y.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!kn(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===A||t===j)return t;let n=e.element,r=e.name;if(e.type===Y.PROPERTY){if(t===n[r])return A}else if(e.type===Y.BOOLEAN_ATTRIBUTE){if(!!t===n.hasAttribute(r))return A}else if(e.type===Y.ATTRIBUTE&&n.getAttribute(r)===t+``)return A;return Mn(e),t}}),Or=class{constructor(e=250){this.milliseconds=e}schedule(e){this.cancel(),this.timer=setTimeout(e,this.milliseconds)}cancel(){clearTimeout(this.timer)}},kr=4;function Ar({status:e}){return e===`PROCESSING`||e===`PENDING_CONSENT`}function jr(e,{readiness:t,error:n}){if(t.state===`READY`)return e.t(`ready`);if(t.reason===`FAILED`&&n)return e.t(`reasonFAILEDbecause`,{reason:n.message});let r=`reason${t.reason??``}`;return t.state===`NOT_READY`&&e.has(r)?e.t(r):e.t(t.state===`NOT_READY`?`reasonOTHER`:`readyUNKNOWN`)}function Mr(e){return e.split(`_`).map(e=>/^[ivx]+$/.test(e)?e.toUpperCase():e.charAt(0).toUpperCase()+e.slice(1)).join(` `)}function Nr(e,t){let{preferredOrientation:n,imageWidth:r,imageHeight:i}=t,a=[];return n&&n!==`UNKNOWN`&&a.push(e.t(`orientation${n}`)),r&&i&&a.push(e.t(`size`,{width:String(r),height:String(i)})),a.join(` · `)}function Pr(e,t,n,r,i,a){let{i18n:o,still:s,previewImages:c}=e,{lookId:l,name:u,tags:d,supportedApiEngines:f}=t,p=c.allowed(t.previewVideoUrl),m=t.readiness.state===`READY`?`ready`:t.readiness.reason===`FAILED`?`failed`:`waiting`,h=Nr(o,t),g=()=>p&&!s&&i(l),_=()=>r&&!s&&i(null);return O`<div
    class="look"
    part=${n?`look look-selected`:`look`}
    data-look=${l}
    data-training=${Ar(t)?t.id:j}
    ?data-chosen=${n}
    @pointerenter=${g}
    @pointerleave=${_}
    @focusin=${g}
    @focusout=${_}
  >
    <label>
      <input
        type="radio"
        name="look"
        value=${l}
        aria-labelledby="name-${t.id}"
        aria-describedby="about-${t.id}"
        .checked=${$(n)}
        @input=${e=>e.stopPropagation()}
        @change=${n=>{n.stopPropagation(),a&&e.chooseLook(t,a)}}
      />
      <span class="image">
        ${c.image(t.previewImageUrl,u)}
        ${r&&p?O`<video
              .muted=${!0}
              .src=${p}
              autoplay
              loop
              playsinline
              disablepictureinpicture
              aria-hidden="true"
            ></video>`:j}
        <span class="tick">${Qn}</span>
      </span>
      <span class="look-text">
        <span class="look-name" id="name-${t.id}"><bdi>${u}</bdi></span>
        <span id="about-${t.id}" class="look-about">
          <span class="look-state" data-state=${m}>${jr(o,t)}</span>
          ${h===``?j:O`<span>${h}</span>`}
          ${f.length===0?j:O`<span>${o.t(`engines`,{engines:f.map(Mr).join(`, `)})}</span>`}
          ${d.length===0?j:O`<span class="tags">${d.slice(0,kr).map(e=>O`<span class="tag" dir="auto">${e}</span> `)}</span>`}
        </span>
      </span>
    </label>
    ${p&&s?O`<button
          type="button"
          class="round play"
          part="button"
          aria-label=${o.t(r?`stopPreview`:`playPreview`,{name:u})}
          @click=${()=>i(r?null:l)}
        >
          ${r?tr:er}
        </button>`:j}
  </div>`}var Fr=[`FEMALE`,`MALE`,`OTHER`,`UNKNOWN`],Ir=[`COMPLETED`,`PROCESSING`,`PENDING_CONSENT`,`FAILED`,`UNKNOWN`],Lr=[`public`,`private`],Rr=[`relevance`,`name`,`newest`,`looks`],zr=[`portrait`,`landscape`,`square`],Br=(e,t)=>Array.isArray(t)?e.filter(e=>t.includes(e)):[],Vr=e=>typeof e==`string`?e.trim().slice(0,100):``,Hr=e=>typeof e==`string`&&e!==``&&e.length<=256?e:null,Ur=(e,t)=>e.find(e=>e===t);function Wr(e){let{search:t,gender:n,status:r,ownership:i,order:a,lookSearch:o,orientation:s,readyOnly:c,groupId:l,lookId:u,voiceId:d}=e??{};return{search:Vr(t),gender:Br(Fr,n),status:Br(Ir,r),ownership:Ur(Lr,i)??null,order:Ur(Rr,a)??`relevance`,lookSearch:Vr(o),orientation:s===null?null:Ur(zr,s),readyOnly:c===!0,groupId:Hr(l),lookId:Hr(u),voiceId:Hr(u)===null?null:Hr(d)}}function Gr({search:e,gender:t,status:n,ownership:r,order:i}){return{search:e,gender:t,status:n,ownership:r,order:i}}function Kr(e,t){let n=t??e.ownership;return{...e,ownership:n===null?null:n.toUpperCase()}}var qr={Arabic:`ar`,Chinese:`zh`,Czech:`cs`,Danish:`da`,Dutch:`nl`,English:`en`,Finnish:`fi`,French:`fr`,German:`de`,Greek:`el`,Hebrew:`he`,Hindi:`hi`,Hungarian:`hu`,Indonesian:`id`,Italian:`it`,Japanese:`ja`,Korean:`ko`,Norwegian:`no`,Polish:`pl`,Portuguese:`pt`,Romanian:`ro`,Russian:`ru`,Spanish:`es`,Swedish:`sv`,Thai:`th`,Turkish:`tr`,Ukrainian:`uk`,Vietnamese:`vi`},Jr=400,Yr=e=>e.stopPropagation(),Xr=class{constructor(e){this.host=e,this.list=null,this.query={type:`PUBLIC`,search:``,language:null,gender:null},this.text=null,this.seenLanguages=/* @__PURE__ */ new Set,this.debounce=new Or,this.changeButton=X(),this.searchInput=X(),this.focusPending=null,e.addController(this)}get isOpen(){return this.list!==null}get error(){return this.list?.error??null}hostDisconnected(){this.close(!1)}hostUpdated(){let e=this.focusPending===`list`?this.searchInput.value:this.changeButton.value;this.focusPending&&e&&(this.focusPending=null,e.focus())}retry(){this.list?.retry()}open(){this.start(),this.focusPending=`list`}load(){this.list&&this.start()}start(){let{client:e}=this.host;e&&(this.list?.close(),this.list=new Mt(e),this.list.addEventListener(`change`,()=>{for(let{language:e}of this.list?.items??[])e&&this.seenLanguages.add(e);this.host.requestUpdate()}),this.list.setQuery(this.query))}close(e=!0){this.debounce.cancel(),this.host.player.stop(),this.list&&(this.list.close(),this.list=null,this.text=null,this.focusPending=e?`button`:null,this.host.requestUpdate())}filter(e){this.query={...this.query,...e},this.host.player.stop(),this.list?.setQuery(this.query)}choose(e){this.close(),this.host.chooseVoice(e)}reset(){this.focusPending=`button`,this.host.player.stop(),this.host.chooseVoice(null)}renderVoice(){let{i18n:e,chosen:t}=this.host,{voice:n,userVoice:r,look:i}=t,a=r?e.t(`voice`):e.t(`voiceDefault`),o=i?.defaultVoiceId&&!n?e.t(`voiceDefault`):e.t(`voiceNone`);return O`<div class="voice" part="voice" role="group" aria-label=${e.t(`voice`)}>
        ${n?this.renderPlay(n):O`<span class="voice-icon">${ar}</span>`}
        <div class="voice-text">
          <span class="voice-name"><bdi>${n?this.nameOf(n):o}</bdi></span>
          <span class="voice-meta">${n?[a,this.about(n)].filter(Boolean).join(` · `):j}</span>
        </div>
        <button
          type="button"
          class="button"
          part="button"
          aria-expanded=${this.isOpen}
          ${Z(this.changeButton)}
          @click=${()=>this.isOpen?this.close():this.open()}
        >
          ${e.t(this.isOpen?`voiceDone`:`voiceChange`)}
        </button>
      </div>
      ${r&&i?.defaultVoiceId?O`<button type="button" class="link" part="button" @click=${()=>this.reset()}>${e.t(`voiceReset`)}</button>`:j}
      ${n&&!this.isOpen?this.renderFailure(n):j}`}renderFailure({previewAudioUrl:e}){return e===null||this.host.player.failed!==e?j:O`<p class="note" role="alert">${this.host.i18n.t(`voiceFailed`)}</p>`}nameOf(e){return e.name??this.host.i18n.t(`voiceUnnamed`)}about({language:e,genderCategory:t}){let{i18n:n}=this.host,r=e&&e!==`unknown`?[this.languageName(e)]:[];return t!==`UNKNOWN`&&r.push(n.t(`gender${t}`)),r.join(` · `)}languageName(e){return Object.hasOwn(qr,e)?this.host.i18n.languageName(qr[e]):e}renderPlay(e){let{i18n:t,player:n,previewImages:r}=this.host,i=r.allowed(e.previewAudioUrl);if(!i)return O`<span class="voice-icon">${ar}</span>`;let a=n.url===i;return O`<button
      type="button"
      class="round filled"
      part="button"
      ?data-active=${a}
      aria-label=${t.t(a?`voiceStop`:`voicePlay`,{name:this.nameOf(e)})}
      @click=${()=>n.toggle(i)}
    >
      ${a?tr:er}
    </button>`}renderList(){let{i18n:e}=this.host,{query:t}=this,n=[.../* @__PURE__ */ new Set([...Object.keys(qr),...this.seenLanguages])].filter(e=>e!==`unknown`).map(e=>({language:e,name:this.languageName(e)})).sort((t,n)=>t.name.localeCompare(n.name,e.language));return O`<div class="panel-filters">
        <div class="voices-title">
          <button type="button" class="round" part="button" aria-label=${e.t(`voiceDone`)} @click=${()=>this.close()}>${Xn}</button>
          <h3>${e.t(`voices`)}</h3>
          <div class="segments" role="group" aria-label=${e.t(`ownership`)}>
            ${[`PUBLIC`,`PRIVATE`].map(n=>O`<button type="button" aria-pressed=${t.type===n} @click=${()=>this.filter({type:n})}>
                  ${e.t(`ownership${n}`)}
                </button>`)}
          </div>
        </div>
        <div class="search">
          <input
            type="search"
            maxlength=${100}
            autocomplete="off"
            dir=${(this.text??t.search)===``?j:`auto`}
            aria-label=${e.t(`voiceSearch`)}
            placeholder=${e.t(`voiceSearch`)}
            .value=${$(this.text??t.search)}
            ${Z(this.searchInput)}
            @change=${Yr}
            @keydown=${e=>{e.key===`Escape`&&(this.text??t.search)!==``&&(lr(e),this.debounce.cancel(),this.text=null,this.filter({search:``}))}}
            @input=${e=>{e.stopPropagation(),this.text=e.target.value,this.debounce.schedule(()=>{let e=(this.text??``).trim();this.text=null,this.filter({search:e})})}}
          />
        </div>
        ${this.renderSelect(e.t(`voiceLanguage`),t.language,e.t(`voiceLanguageAny`),n.map(({language:e,name:t})=>[e,t]),e=>this.filter({language:e}))}
        ${this.renderSelect(e.t(`gender`),t.gender,e.t(`voiceGenderAny`),[[`female`,e.t(`genderFEMALE`)],[`male`,e.t(`genderMALE`)]],e=>this.filter({gender:e}))}
      </div>
      <div
        class="panel-body"
        @scroll=${e=>{let{scrollTop:t,clientHeight:n,scrollHeight:r}=e.currentTarget;t+n>r-Jr&&this.list?.loadMore()}}
      >
        ${this.renderItems()}
      </div>`}renderSelect(e,t,n,r,i){return O`<span class="select chip" ?data-active=${t!==null}>
      <select
        aria-label=${e}
        @input=${Yr}
        @change=${e=>{e.stopPropagation(),i(e.target.value||null)}}
      >
        <option value="" .selected=${$(t===null)}>${n}</option>
        ${r.map(([e,n])=>O`<option value=${e} .selected=${$(t===e)}>${n}</option>`)}
      </select>
      ${Zn}
    </span>`}renderItems(){let{i18n:e,chosen:t}=this.host,{list:n}=this;return n?O`<ul class="voices" aria-label=${e.t(`voices`)} aria-busy=${n.loading}>
        ${n.items.map(n=>{let r=t.voice?.voiceId===n.voiceId,i=this.nameOf(n);return O`<li class="voice" ?data-chosen=${r}>
            ${this.renderPlay(n)}
            <div class="voice-text">
              <span class="voice-name"><bdi>${i}</bdi></span>
              <span class="voice-meta">${this.about(n)}</span>
              ${this.renderFailure(n)}
            </div>
            ${r?O`<span class="voice-chosen">${Qn}${e.t(`chosen`)}</span>`:O`<button type="button" class="button" part="button" aria-label=${e.t(`voiceChooseNamed`,{name:i})} @click=${()=>this.choose(n)}>
                  ${e.t(`voiceChoose`)}
                </button>`}
          </li>`})}
      </ul>
      ${n.error?dr(this.host,n.error,()=>n.retry()):n.loading?O`<p class="note">${e.t(`loading`)}</p>`:n.items.length===0?O`<p class="note" part="empty">${e.t(`voicesEmpty`)}</p>`:n.complete?j:O`<div class="more">
                  <button type="button" class="button" part="button" @click=${()=>n.loadMore()}>${e.t(`loadMore`)}</button>
                </div>`}`:j}},Zr={lookSearch:``,readyOnly:!1},Qr=2,$r=400,ei=12,ti=class{constructor(e){this.host=e,this.looks=null,this.groupId=null,this.known=null,this.filter=Zr,this.applied=``,this.text=null,this.preview=null,this.revealed=null,this.focusPending=!1,this.debounce=new Or,this.body=X(),this.heading=X(),this.observer=null,this.observed=/* @__PURE__ */ new Set,this.visible=/* @__PURE__ */ new Set,this.setPreview=e=>{this.preview!==e&&(this.preview=e,this.host.requestUpdate())},this.scroll=e=>{let{scrollTop:t,clientHeight:n,scrollHeight:r}=e.currentTarget;t+n>r-$r&&this.looks?.loadMore()},this.voices=new Xr(e),this.lookWatchers=new yr(e,Qr,_r,t=>{this.looks?.replace(t),e.updateLook(t)}),this.groupWatchers=new yr(e,1,vr,t=>{this.looks?.character?.groupId===t.groupId&&(Object.assign(this.looks.character,t),e.requestUpdate())}),e.addController(this)}hostDisconnected(){this.debounce.cancel(),this.unload()}unload(){this.unobserve(),this.looks?.close(),this.looks=null}get character(){return this.looks?.character??this.known}open(e,t,n){if(this.focusPending=n,this.groupId===e&&this.looks)return this.host.requestUpdate();this.close(),this.groupId=e,this.known=t,this.load()}get nameHeading(){return this.heading.value}get lookFilter(){let{lookSearch:e,orientation:t,readyOnly:n}=this.filter,r=zr.find(e=>e===this.host.orientation)??null;return{lookSearch:e,orientation:t===void 0?r:t,readyOnly:n}}filterLooks(e){this.debounce.cancel(),this.text=null,this.filter=e?{...this.filter,...e}:Zr,this.applyFilter()}applyFilter(){let e=JSON.stringify(this.lookFilter);e!==this.applied&&(this.applied=e,this.looks?.setQuery(this.query),this.body.value&&(this.body.value.scrollTop=0),this.host.requestUpdate())}get query(){let{lookSearch:e,orientation:t,readyOnly:n}=this.lookFilter;return{search:e,orientation:t?.toUpperCase()??null,readyOnly:n}}load(){let{client:e}=this.host;e&&this.groupId&&(this.looks?.close(),this.looks=new Ot(e,this.known?.id??Ft(`AvatarGroup`,this.groupId)),this.looks.addEventListener(`change`,()=>this.host.requestUpdate()),this.applied=JSON.stringify(this.lookFilter),this.looks.setQuery(this.query))}close(){this.debounce.cancel(),this.looks?.close(),this.looks=null,this.groupId=this.known=this.text=this.preview=this.revealed=null,this.voices.close(!1),this.unobserve(),this.host.requestUpdate()}loaded(){let{looks:e}=this;return new Promise(t=>{let n=()=>{e?.loading||(e?.removeEventListener(`change`,n),e?.removeEventListener(`close`,n),t(e))};e?.addEventListener(`change`,n),e?.addEventListener(`close`,n),n()})}hostUpdated(){this.focusPending&&this.heading.value&&(this.focusPending=!1,this.heading.value.focus({preventScroll:!0}));let e=this.body.value;if(!e||!this.host.isConnected)return this.unobserve();this.reveal(e),this.observer??=new IntersectionObserver(e=>this.intersect(e));let t=new Set(e.querySelectorAll(`[data-training]`));for(let e of this.observed)t.has(e)||(this.observer.unobserve(e),this.visible.delete(e.dataset.training??``));for(let e of t)this.observed.has(e)||this.observer.observe(e);this.observed=t,this.watch()}reveal(e){let t=this.host.chosen.look?.id??null,n=e.querySelector(`[data-chosen]`);if(t===this.revealed||t!==null&&!n||(this.revealed=t,!n))return;let{top:r,bottom:i,height:a}=n.getBoundingClientRect(),o=e.getBoundingClientRect();Math.min(i,o.bottom)-Math.max(r,o.top)<Math.min(a,o.height)/2&&(e.scrollTop+=r-o.top-ei)}intersect(e){for(let{target:t,isIntersecting:n}of e){let e=t.dataset.training??``;n?this.visible.add(e):this.visible.delete(e)}this.watch()}watch(){let{look:e}=this.host.chosen;this.lookWatchers.watch([...new Set(e&&Ar(e)?[e.id,...this.visible]:this.visible)]);let t=this.looks?.character,n=t?.status===`PROCESSING`||t?.status===`PENDING_CONSENT`;this.groupWatchers.watch(t&&n?[t.id]:[])}unobserve(){this.observer?.disconnect(),this.observer=null,this.observed.clear(),this.visible.clear(),this.watch()}render(){if(this.groupId===null)return j;let{i18n:e,narrow:t}=this.host,n=this.character,r=n?.name??``;return O`<section
      class="panel"
      part="panel"
      role=${t?`dialog`:`region`}
      aria-labelledby="panel-name"
    >
      <header class="panel-header">
        <span class="portrait">${this.host.previewImages.image(n?.previewImageUrl??null,r)}</span>
        <div class="panel-title">
          <h2 id="panel-name" tabindex="-1" ${Z(this.heading)}><bdi>${r===``?e.t(this.placeholder):r}</bdi></h2>
          ${n?O`<p>${this.summary(n)}</p>`:j}
        </div>
        <button type="button" class="round" part="button" aria-label=${e.t(`close`)} @click=${()=>this.host.closePanel()}>
          ${Yn}
        </button>
      </header>
      ${t?Tr(this.host):j}
      ${this.voices.isOpen?this.voices.renderList():this.renderLooks(r)} ${this.renderChosen()}
    </section>`}escape(){return this.groupId!==null&&(this.voices.isOpen?this.voices.close():this.host.closePanel(),!0)}get placeholder(){return this.looks?.missing?`empty`:this.looks?.error?`errorTitle`:`loading`}summary(e){let{i18n:t}=this.host,{genderCategory:n,ownership:r,status:i}=e,a=[t.t(`looks`,{count:e.looksCount})];return n!==`UNKNOWN`&&a.unshift(t.t(`gender${n}`)),r&&a.push(t.t(`ownership${r}`)),i&&i!==`COMPLETED`&&i!==`UNKNOWN`&&a.push(t.t(`status${i}`)),a.join(` · `)}renderLooks(e){let{i18n:t,chosen:n}=this.host,{looks:r}=this,i=r?.items??[],{lookSearch:a,orientation:o,readyOnly:s}=this.lookFilter;return r?.missing?O`<div class="panel-body">${this.renderRest(0)}</div>`:O`<div class="panel-filters">
        <div class="search">
          <input
            type="search"
            maxlength=${100}
            autocomplete="off"
            dir=${(this.text??a)===``?j:`auto`}
            aria-label=${t.t(`searchLooks`)}
            placeholder=${t.t(`searchLooks`)}
            .value=${$(this.text??a)}
            @input=${e=>{e.stopPropagation(),this.text=e.target.value,this.debounce.schedule(()=>this.host.filterLooks({lookSearch:(this.text??``).trim()}))}}
            @change=${ni}
            @keydown=${e=>{e.key===`Escape`&&(this.text??a)!==``&&(lr(e),this.host.filterLooks({lookSearch:``}),this.host.requestUpdate())}}
          />
        </div>
        <label class="chip toggle" ?data-active=${s}>
          <input
            type="checkbox"
            .checked=${$(s)}
            @input=${ni}
            @change=${e=>{e.stopPropagation(),this.host.filterLooks({readyOnly:e.target.checked})}}
          />${t.t(`readyOnly`)}
        </label>
        <span class="select chip" ?data-active=${o!==null}>
          <select
            aria-label=${t.t(`orientation`)}
            @input=${ni}
            @change=${e=>{e.stopPropagation();let t=e.target.value;this.host.filterLooks({orientation:t===``?null:t})}}
          >
            <option value="" .selected=${$(o===null)}>${t.t(`orientationAll`)}</option>
            ${zr.map(e=>O`<option value=${e} .selected=${$(o===e)}>
                  ${t.t(`orientation${e.toUpperCase()}`)}
                </option>`)}
          </select>
          ${Zn}
        </span>
      </div>
      <div class="panel-body" @scroll=${this.scroll} ${Z(this.body)}>
        ${i.length>0?O`<div class="looks" role="radiogroup" aria-label=${t.t(`looksOf`,{name:e})} aria-required=${this.host.required}>
              ${i.map(e=>Pr(this.host,e,e.lookId===n.look?.lookId,e.lookId===this.preview,this.setPreview,this.character))}
            </div>`:j}
        ${this.renderRest(i.length)}
      </div>`}renderRest(e){let{i18n:t}=this.host,{looks:n}=this;if(!n)return j;if(n.error)return dr(this.host,n.error,()=>n.retry());if(n.missing)return O`<p class="note" part="error" role="alert">${t.t(`error_NOT_FOUND`)}</p>`;if(n.loading)return O`<div class="looks" aria-hidden="true">
        ${Array.from({length:e>0?2:4},()=>O`<div class="skeleton"><div class="image"></div><div class="line"></div></div>`)}
      </div>`;if(e===0){let{lookSearch:e,orientation:n,readyOnly:r}=this.lookFilter;return e===``&&n===null&&!r?O`<p class="note" part="empty">${t.t(`looksNone`)}</p>`:O`<div class="note" part="empty">
        <p>${t.t(`looksEmpty`)}</p>
        <button type="button" class="button" part="button" @click=${e=>{ur(e),this.host.filterLooks({...Zr,orientation:null})}}>${t.t(`clearFilters`)}</button>
      </div>`}return n.complete?j:O`<div class="more">
      ${n.total===null?j:O`<span>${t.t(`shown`,{shown:e,total:n.total})}</span>`}
      <button type="button" class="button" part="button" @click=${()=>n.loadMore()}>${t.t(`loadMore`)}</button>
    </div>`}renderChosen(){let{chosen:e}=this.host;return!e.look||e.look.groupId!==this.groupId?j:O`<div class="chosen">${this.voices.renderVoice()}<slot name="selection" ?hidden=${this.voices.isOpen}></slot></div>`}};function ni(e){e.stopPropagation()}var ri=null,ii=class{constructor(e){this.onChange=e,this.url=null,this.failed=null,this.audio=null}toggle(e){let t=e===this.url;if(ri?.stop(),t)return;ri=this;let n=new Audio(e);this.audio=n,this.url=e,this.failed=null,n.onended=()=>this.end(n,!1),n.onerror=()=>this.end(n,!0),n.play().catch(()=>this.end(n,!0)),this.onChange()}stop(){let{audio:e}=this;e&&(this.end(e,!1),e.pause(),e.removeAttribute(`src`),e.load())}end(e,t){this.audio===e&&(e.onended=null,e.onerror=null,t&&(this.failed=this.url),this.audio=null,this.url=null,this.onChange())}},ai=Fn(class extends In{constructor(){super(...arguments),this.key=j}render(e,t){return this.key=e,t}update(e,[t,n]){return t!==this.key&&(Mn(e),this.key=t),n}}),oi=1e3,si=200,ci=class{constructor(e){this.onChange=e,this.asking=!1,this.endpoint=``,this.consented=!1,this.withheld=!1,this.failed=/* @__PURE__ */ new Set}get needsConsent(){return this.withheld&&this.asks}get asks(){return this.asking&&!this.consented}consent(){this.consented=!0,this.onChange()}allowed(e){if(!e||this.failed.has(e))return null;let{protocol:t,origin:n}=li(e)??{};return n!==void 0&&n===li(this.endpoint)?.origin?e:t===`https:`?this.asks?(this.withheld||queueMicrotask(this.onChange),this.withheld=!0,null):e:null}retry(){this.failed.clear()}fail(e){this.failed.size>=oi&&this.failed.clear(),this.failed.add(e),this.onChange()}image(e,t){let n=this.allowed(e);if(n===null){let e=ui(t);return O`<span class="initials" aria-hidden="true" ${gr({"--_hue":String(di(t))})}
        >${e===``?nr:e}</span
      >`}return O`${ai(n,O`<img
        src=${n}
        alt=""
        loading="lazy"
        decoding="async"
        draggable="false"
        referrerpolicy="no-referrer"
        @error=${()=>this.fail(n)}
      />`)}`}};function li(e){try{return new URL(e)}catch{return null}}function ui(e){let t=e.slice(0,si).match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)??[];return[t[0],t.length>1?t.at(-1):void 0].map(e=>e?[...e][0]??``:``).join(``).toLocaleUpperCase()}function di(e){let t=0;for(let n of e.slice(0,si))t=(t*31+n.codePointAt(0))%360007;return t%360}var fi=o`
  button,
  input,
  select {
    margin: 0;
    color: inherit;
    font: inherit;
    letter-spacing: inherit;
  }
  button,
  select,
  label {
    cursor: pointer;
  }
  .toolbar {
    position: relative;
    z-index: 2;
    display: grid;
    gap: 0.75rem;
    padding: var(--_gap);
    border-block-end: 1px solid var(--_border);
  }
  .search {
    position: relative;
    display: flex;
    align-items: center;
    flex: 1 1 12rem;
    min-inline-size: 0;
  }
  .search > .icon {
    position: absolute;
    inset-inline-start: 0.8rem;
    color: var(--_muted);
    pointer-events: none;
  }
  .search input {
    flex: 1;
    min-inline-size: 0;
    inline-size: 100%;
    block-size: 2.25rem;
    padding-inline: 0.85rem;
    background: var(--_surface);
    border: 1px solid transparent;
    border-radius: var(--_radius-small);
    appearance: none;
    outline-offset: -1px;
  }
  .toolbar .search input {
    block-size: 2.75rem;
    padding-inline: 2.6rem;
    font-size: 1rem;
  }
  .search input:hover {
    border-color: var(--_border);
  }
  .search input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .toolbar input::-webkit-search-cancel-button {
    display: none;
  }
  .search .round {
    position: absolute;
    inset-inline-end: 0.35rem;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
  }
  .filters .link {
    align-self: center;
  }
  .total {
    margin-inline-start: auto;
    color: var(--_muted);
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .count {
    color: var(--_muted);
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
  }
  .segments {
    display: inline-flex;
    padding: 2px;
    background: var(--_surface);
    border-radius: var(--_radius-small);
  }
  .segments button {
    min-block-size: 1.875rem;
    padding: 0 0.7rem;
    color: var(--_muted);
    font-size: 0.875rem;
    white-space: nowrap;
    background: none;
    border: 0;
    border-radius: calc(var(--_radius-small) - 2px);
  }
  .segments button:hover {
    color: var(--_text);
  }
  .segments button[aria-pressed='true'] {
    color: var(--_text);
    font-weight: 550;
    background: var(--_background);
    box-shadow: 0 1px 3px rgb(0 0 0 / 0.14);
  }
  .chip {
    display: inline-flex;
    gap: 0.35rem;
    align-items: center;
    min-block-size: 2.125rem;
    padding: 0 0.7rem;
    font-size: 0.875rem;
    white-space: nowrap;
    background: var(--_background);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    transition: background-color 0.15s;
  }
  .chip:hover {
    background: var(--_surface);
  }
  .chip[data-active] {
    background: var(--_tint);
    border-color: var(--_accent);
  }
  .chip .icon {
    inline-size: 1.1em;
    block-size: 1.1em;
    margin-inline-end: -0.2rem;
    color: var(--_muted);
  }
  .badge {
    min-inline-size: 1.25rem;
    padding-inline: 0.35rem;
    color: var(--_on-accent);
    font-size: 0.75rem;
    line-height: 1.25rem;
    text-align: center;
    background: var(--_accent);
    border-radius: 1rem;
  }
  .menu {
    position: relative;
  }
  .popup {
    position: absolute;
    inset-block-start: calc(100% + 0.35rem);
    inset-inline-start: 0;
    z-index: 5;
    min-inline-size: 13rem;
    max-inline-size: min(20rem, 80vw);
    padding: 0.35rem;
    background: var(--_background);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    box-shadow: var(--_shadow);
    outline: none;
  }
  .root[data-narrow] .menu {
    position: static;
  }
  .root[data-narrow] .popup {
    inset-block-start: calc(100% - var(--_gap) + 0.35rem);
    inset-inline: var(--_gap);
    max-inline-size: none;
  }
  .option {
    display: flex;
    gap: 0.6rem;
    align-items: center;
    padding: 0.45rem 0.55rem;
    border-radius: calc(var(--_radius-small) - 2px);
  }
  .option:hover {
    background: var(--_surface);
  }
  .option input {
    position: absolute;
    opacity: 0;
  }
  .option-name {
    flex: 1;
  }
  .check {
    display: grid;
    place-items: center;
    inline-size: 1.15rem;
    block-size: 1.15rem;
    border: 1.5px solid var(--_muted);
    border-radius: 5px;
  }
  .check .icon {
    inline-size: 0.95rem;
    block-size: 0.95rem;
    stroke-width: 3;
    visibility: hidden;
  }
  .option input:checked + .check .icon {
    visibility: visible;
  }
  .option input:checked + .check {
    color: var(--_on-accent);
    background: var(--_accent);
    border-color: var(--_accent);
  }
  .option input:focus-visible + .check {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .select {
    position: relative;
    padding: 0;
  }
  .select select {
    max-inline-size: 12rem;
    min-block-size: 2rem;
    padding-inline: 0.7rem 1.8rem;
    text-overflow: ellipsis;
    background: none;
    border: 0;
    border-radius: var(--_radius-small);
    appearance: none;
  }
  .select option {
    color: var(--_text);
    background: var(--_background);
  }
  .select .icon {
    position: absolute;
    inset-inline-end: 0.7rem;
    pointer-events: none;
  }
  .toggle input {
    inline-size: 1rem;
    block-size: 1rem;
    accent-color: var(--_accent);
  }
  .button {
    min-block-size: 2.125rem;
    padding: 0.25rem 0.9rem;
    font-size: 0.875rem;
    font-weight: 550;
    background: var(--_background);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    transition: background-color 0.15s;
  }
  .button:hover {
    background: var(--_surface);
  }
  .button.primary {
    color: var(--_on-accent);
    background: var(--_accent);
    border-color: transparent;
  }
  .button.primary:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }
  .button[aria-disabled='true'] {
    color: var(--_muted);
  }
  .link {
    align-self: start;
    padding: 0;
    color: var(--_accent);
    font-size: 0.875rem;
    text-decoration: underline;
    text-underline-offset: 3px;
    background: none;
    border: 0;
  }
  .round {
    display: inline-grid;
    flex: none;
    place-items: center;
    inline-size: 2.125rem;
    block-size: 2.125rem;
    padding: 0;
    color: var(--_muted);
    background: none;
    border: 0;
    border-radius: 50%;
    transition: background-color 0.15s;
  }
  .round:hover {
    color: var(--_text);
    background: var(--_hover);
  }
  .round.filled {
    color: var(--_accent);
    background: var(--_tint);
  }
  .round.filled:hover,
  .round.filled[data-active] {
    color: var(--_on-accent);
    background: var(--_accent);
  }
  .progress {
    position: absolute;
    inset-block-end: -2px;
    inset-inline: 0;
    block-size: 2px;
    overflow: hidden;
    pointer-events: none;
  }
  .progress[data-active]::before {
    display: block;
    inline-size: 35%;
    block-size: 100%;
    background: var(--_accent);
    content: '';
    animation: progress 1.1s ease-in-out infinite;
  }
  @keyframes progress {
    from {
      transform: translateX(-100%);
    }
    to {
      transform: translateX(300%);
    }
  }
  .banner {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    align-items: center;
    padding: 0.6rem var(--_gap);
    font-size: 0.875rem;
    background: var(--_tint);
    border-block-end: 1px solid var(--_border);
  }
  .banner > span {
    flex: 1 1 14rem;
  }
  .banner[data-offline] {
    color: var(--_warning);
    background: color-mix(in srgb, var(--_warning) 10%, var(--_background));
  }
  .banner[data-invalid] {
    color: var(--_negative);
    background: color-mix(in srgb, var(--_negative) 8%, var(--_background));
  }
  @media (forced-colors: active) {
    .segments button[aria-pressed='true'],
    .chip[data-active],
    .option input:checked + .check {
      color: HighlightText;
      background: Highlight;
      forced-color-adjust: none;
    }
    .search input {
      border-color: ButtonBorder;
    }
    .progress[data-active]::before {
      background: Highlight;
    }
    .round {
      border: 1px solid ButtonBorder;
    }
  }
`,pi=o`
  .scroller {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
  }
  .probe {
    position: absolute;
    column-gap: var(--_gap);
    inline-size: var(--picker-card-width, 10.25rem);
    block-size: 3.2rem;
    visibility: hidden;
    pointer-events: none;
  }
  .cards {
    position: relative;
  }
  .row {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    display: grid;
    contain: layout style;
    grid-template-columns: repeat(var(--_columns), minmax(0, 1fr));
    gap: var(--_gap);
    padding-inline: var(--_gap);
  }
  .card {
    display: flex;
    flex-direction: column-reverse;
    justify-content: flex-end;
    inline-size: 100%;
    padding: 0;
    text-align: start;
    background: none;
    border: 0;
    border-radius: var(--_radius);
  }
  .image {
    position: relative;
    display: block;
    aspect-ratio: 3 / 4;
    overflow: hidden;
    background: var(--_surface);
    border-radius: var(--_radius);
  }
  .image img,
  .image video,
  .portrait img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    object-position: top;
  }
  .image video {
    pointer-events: none; /* it may disappear between the two events of a click */
  }
  .image::after {
    position: absolute;
    inset: 0;
    border: 1px solid color-mix(in srgb, var(--_text) 10%, transparent);
    border-radius: inherit;
    content: '';
    pointer-events: none;
  }
  .card .image img {
    transition: transform 0.35s cubic-bezier(0.2, 0.7, 0.2, 1);
  }
  .card:hover .image img {
    transform: scale(1.035);
  }
  .card[aria-expanded='true'] .image {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .card:focus-visible {
    outline: none;
  }
  .card:focus-visible .image {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  .initials {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    color: #fff;
    font-size: 2.25rem;
    font-weight: 600;
    letter-spacing: 0.02em;
    background: linear-gradient(160deg, hsl(var(--_hue) 38% 40%), hsl(calc(var(--_hue) + 25) 45% 26%));
  }
  .card-text {
    display: block;
    padding: 0.55rem 0.15rem 0;
  }
  .card-name,
  .card-meta {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .card-name {
    font-weight: 550;
  }
  .card-meta {
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .pill {
    position: absolute;
    inset-inline-start: 0.5rem;
    z-index: 1;
    display: inline-flex;
    gap: 0.25rem;
    align-items: center;
    max-inline-size: calc(100% - 1rem);
    padding: 0.1rem 0.5rem;
    font-size: 0.75rem;
    font-weight: 550;
    background: var(--_background);
    border-radius: 1rem;
    box-shadow: 0 1px 4px rgb(0 0 0 / 0.2);
  }
  .pill .icon {
    inline-size: 0.9rem;
    block-size: 0.9rem;
  }
  .pill.top {
    inset-block-start: 0.5rem;
  }
  .pill.bottom {
    inset-block-end: 0.5rem;
    color: var(--_warning);
  }
  .pill[data-status='FAILED'] {
    color: var(--_negative);
  }
  .tick {
    position: absolute;
    inset-block-start: 0.5rem;
    inset-inline-end: 0.5rem;
    z-index: 1;
    display: grid;
    place-items: center;
    inline-size: 1.6rem;
    block-size: 1.6rem;
    color: var(--_on-accent);
    background: var(--_accent);
    border: 2px solid var(--_background);
    border-radius: 50%;
  }
  .tick .icon {
    inline-size: 1rem;
    block-size: 1rem;
    stroke-width: 3;
  }
  .skeleton .image::after {
    background: linear-gradient(100deg, transparent 30%, var(--_hover) 50%, transparent 70%) 0 0 / 300% 100%;
    border-color: transparent;
    animation: shimmer 1.4s linear infinite;
  }
  .skeleton .line {
    inline-size: 70%;
    block-size: 0.7rem;
    margin-block-start: 0.75rem;
    background: var(--_surface);
    border-radius: 1rem;
  }
  .skeleton .line.short {
    inline-size: 40%;
    margin-block-start: 0.5rem;
  }
  @keyframes shimmer {
    from {
      background-position: 100% 0;
    }
    to {
      background-position: -50% 0;
    }
  }
  .more {
    display: flex;
    flex-direction: column;
    gap: 0.6rem;
    align-items: center;
    padding: 0.5rem 1rem 1.5rem;
    color: var(--_muted);
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
  }
  .more .button {
    color: var(--_text);
  }
  .state {
    display: flex;
    flex-direction: column;
    gap: 0.6rem;
    align-items: center;
    max-inline-size: 28rem;
    margin-inline: auto;
    padding: 3.5rem 1.5rem;
    text-align: center;
  }
  .state p,
  .note {
    color: var(--_muted);
  }
  .state strong {
    font-size: 1.0625rem;
    font-weight: 600;
  }
  .state-icon {
    display: grid;
    place-items: center;
    inline-size: 3.25rem;
    block-size: 3.25rem;
    color: var(--_muted);
    background: var(--_surface);
    border-radius: 50%;
  }
  .state-icon .icon {
    inline-size: 1.6rem;
    block-size: 1.6rem;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    justify-content: center;
    margin-block-start: 0.4rem;
  }
  .note {
    padding: 1.25rem;
    text-align: center;
  }
  @media (forced-colors: active) {
    .card:focus-visible .image,
    .card[aria-expanded='true'] .image {
      outline-color: Highlight;
    }
    .pill,
    .tick {
      border: 1px solid CanvasText;
    }
  }
`,mi=o`
  .panel {
    display: flex;
    flex: none;
    flex-direction: column;
    inline-size: clamp(20rem, 38%, 31rem);
    min-block-size: 0;
    overflow: hidden auto;
    background: var(--_background);
    border-inline-start: 1px solid var(--_border);
    animation: appear 0.18s ease-out;
  }
  .root[data-narrow] .panel {
    position: absolute;
    inset: 0;
    z-index: 10;
    inline-size: auto;
    border: 0;
  }
  @keyframes appear {
    from {
      opacity: 0;
      translate: 0 6px;
    }
  }
  .panel-header {
    display: flex;
    gap: 0.85rem;
    align-items: center;
    padding: var(--_gap);
  }
  .portrait {
    position: relative;
    flex: none;
    inline-size: 3.5rem;
    block-size: 3.5rem;
    overflow: hidden;
    background: var(--_surface);
    border-radius: 50%;
  }
  .portrait .initials {
    font-size: 1.25rem;
  }
  .panel-title {
    flex: 1;
    min-inline-size: 0;
  }
  .panel-title h2 {
    overflow: hidden;
    font-size: 1.25rem;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.01em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .panel-title h2:focus {
    outline: none;
  }
  .panel-title p {
    color: var(--_muted);
    font-size: 0.875rem;
  }
  .panel-header > .round {
    align-self: start;
  }
  .panel-filters {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    padding: 0 var(--_gap) 0.85rem;
    border-block-end: 1px solid var(--_border);
  }
  .panel-filters .search {
    flex: 1 1 100%;
  }
  .panel-body {
    flex: 1;
    min-block-size: 8rem;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }
  .looks {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr));
    gap: 0.85rem;
    padding: var(--_gap);
  }
  .looks + .looks {
    padding-block-start: 0;
  }
  .look {
    position: relative;
    min-inline-size: 0;
    contain-intrinsic-size: auto 22rem;
    content-visibility: auto;
    border-radius: var(--_radius);
    box-shadow: inset 0 0 0 1px var(--_border);
  }
  .look:hover {
    box-shadow: inset 0 0 0 1px var(--_muted);
  }
  .look[data-chosen] {
    background: var(--_tint);
    box-shadow: inset 0 0 0 2px var(--_accent);
  }
  .look:has(input:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .look label {
    display: block;
    padding: 0.35rem;
  }
  .look input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    opacity: 0;
    pointer-events: none;
  }
  .look .image {
    aspect-ratio: 1;
    border-radius: calc(var(--_radius) - 0.35rem);
  }
  .look .tick {
    opacity: 0;
    transform: scale(0.7);
    transition:
      opacity 0.15s,
      transform 0.15s;
  }
  .look[data-chosen] .tick {
    opacity: 1;
    transform: none;
  }
  .look-text {
    display: block;
    padding: 0.55rem 0.35rem 0.35rem;
  }
  .look-name {
    display: block;
    overflow-wrap: anywhere;
    font-weight: 550;
    line-height: 1.3;
  }
  .look-about {
    display: grid;
    gap: 0.2rem;
    margin-block-start: 0.2rem;
    color: var(--_muted);
    font-size: 0.8125rem;
    line-height: 1.35;
  }
  .look-state {
    color: var(--_warning);
    font-weight: 550;
  }
  .look-state[data-state='ready'] {
    color: var(--_positive);
  }
  .look-state[data-state='failed'] {
    color: var(--_negative);
    overflow-wrap: anywhere;
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    margin-block-start: 0.15rem;
  }
  .tag {
    max-inline-size: 100%;
    padding: 0 0.4rem;
    overflow: hidden;
    color: var(--_text);
    font-size: 0.75rem;
    text-overflow: ellipsis;
    white-space: nowrap;
    background: var(--_hover);
    border-radius: 0.35rem;
  }
  .play {
    position: absolute;
    inset-block-start: 0.75rem;
    inset-inline-start: 0.75rem;
    color: var(--_text);
    background: var(--_background);
    box-shadow: 0 1px 4px rgb(0 0 0 / 0.25);
  }
  .play:hover {
    color: var(--_on-accent);
    background: var(--_accent);
  }
  .chosen {
    display: flex;
    flex: none;
    flex-direction: column;
    gap: 0.75rem;
    max-block-size: 40%;
    padding: 0.85rem var(--_gap);
    overflow: hidden auto;
    border-block-start: 1px solid var(--_border);
    box-shadow: 0 -6px 20px rgb(0 0 0 / 0.05);
  }
  .voices {
    padding: 0.5rem calc(var(--_gap) - 0.5rem);
    list-style: none;
  }
  .voice {
    display: flex;
    flex: none;
    gap: 0.75rem;
    align-items: center;
  }
  .voices .voice {
    padding: 0.45rem 0.5rem;
    border-radius: var(--_radius-small);
  }
  .voices .voice:hover {
    background: var(--_surface);
  }
  .voices .voice[data-chosen] {
    background: var(--_tint);
  }
  .voice-text {
    flex: 1;
    min-inline-size: 0;
  }
  .voice-name,
  .voice-meta {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .voice-name {
    font-weight: 550;
    line-height: 1.3;
  }
  .voice-meta {
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .voice-icon {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 2.125rem;
    block-size: 2.125rem;
    color: var(--_muted);
    background: var(--_surface);
    border-radius: 50%;
  }
  .voice-chosen {
    display: inline-flex;
    gap: 0.3rem;
    align-items: center;
    color: var(--_accent);
    font-size: 0.875rem;
    font-weight: 550;
  }
  .voices-title {
    display: flex;
    flex: 1 1 100%;
    gap: 0.35rem;
    align-items: center;
  }
  .voices-title .round {
    margin-inline-start: -0.5rem;
  }
  .voices-title h3 {
    flex: 1;
    font-size: 1rem;
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .look {
      border: 1px solid CanvasText;
    }
    .look[data-chosen],
    .look:has(input:focus-visible) {
      outline: 3px solid Highlight;
    }
  }
`,hi=[o`
  :host {
    --_accent: var(--picker-accent, light-dark(#4f46e5, #a5b0ff));
    --_background: var(--picker-background, light-dark(#ffffff, #14151b));
    --_surface: var(--picker-surface, light-dark(#f4f5f8, #1f2129));
    --_text: var(--picker-text, light-dark(#171923, #eff0f6));
    --_muted: var(--picker-muted, light-dark(#585e6e, #a9aebd));
    --_border: var(--picker-border, light-dark(#dfe2e9, #343743));
    --_radius: var(--picker-radius, 14px);
    --_radius-small: calc(var(--_radius) * 0.7);
    --_hover: color-mix(in srgb, var(--_text) 7%, transparent);
    --_tint: color-mix(in srgb, var(--_accent) 12%, var(--_background));
    --_on-accent: light-dark(#ffffff, #14151b);
    --_positive: light-dark(#17683f, #7fd8a6);
    --_negative: light-dark(#b3261e, #ffb0a8);
    --_warning: light-dark(#7a4b00, #f2c470);
    --_shadow: 0 8px 28px rgb(0 0 0 / 0.16), 0 1px 3px rgb(0 0 0 / 0.12);
    display: block;
    block-size: 40rem;
    color-scheme: light dark;
    color: var(--_text);
    font: 400 0.9375rem/1.4 var(--picker-font, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    text-align: start;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([hidden]) {
    display: none;
  }
  @supports (color: oklch(from red l c h)) {
    /* Black or white, whichever is readable on the accent color. */
    :host {
      --_on-accent: oklch(from var(--_accent) clamp(0, (0.65 - l) * 1000, 1) 0 0);
    }
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  h2,
  h3,
  p,
  ul {
    margin: 0;
    padding: 0;
  }
  .root {
    --_gap: 1rem;
    position: relative;
    display: flex;
    block-size: 100%;
    overflow: hidden;
    background: var(--_background);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    isolation: isolate;
  }
  .root[data-narrow] {
    --_gap: 0.75rem;
  }
  .root[inert] {
    opacity: 0.55;
  }
  .root:focus {
    outline: none;
  }
  .main {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
  }
  .root[data-short] .main {
    overflow: hidden auto;
  }
  .root[data-short] .scroller {
    flex: none;
    block-size: 15rem;
    overscroll-behavior: auto;
  }
  .root[data-short] .panel-body {
    flex: none;
    block-size: 13rem;
    overscroll-behavior: auto;
  }
  .root[data-short] .chosen {
    max-block-size: none;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .icon {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon .solid {
    fill: currentcolor;
    stroke: none;
  }
  .mirrored:dir(rtl) {
    transform: scaleX(-1);
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      transition: none !important;
      animation: none !important;
      scroll-behavior: auto !important;
    }
  }
`,fi,pi,mi],gi={relevance:`orderRelevance`,name:`orderName`,newest:`orderNewest`,looks:`orderLooks`},_i=class{constructor(e){this.host=e,this.input=X(),this.debounce=new Or,this.text=null,this.open=null,this.clearSearch=()=>{this.reset(),this.host.search({search:``}),this.input.value?.focus()},e.addController(this)}hostDisconnected(){this.debounce.cancel(),this.text=null,this.open=null}get searchField(){return this.input.value}reset(){this.debounce.cancel(),this.text=null}type(e){this.text=e,this.host.requestUpdate(),this.debounce.schedule(()=>this.submit())}submit(){let{text:e}=this;this.reset(),e!==null&&this.host.search({search:e.trim()})}render(){let{i18n:e,query:t,list:n}=this.host,r=this.text??t.search;return O`<div class="toolbar" part="toolbar">
      <div class="search" part="search" role="search">
        ${Jn}
        <input
          ${Z(this.input)}
          type="search"
          maxlength=${100}
          autocomplete="off"
          spellcheck="false"
          enterkeyhint="search"
          dir=${r===``?j:`auto`}
          placeholder=${e.t(`search`)}
          aria-label=${e.t(`search`)}
          .value=${$(r)}
          @input=${e=>{e.stopPropagation(),this.type(e.target.value)}}
          @keydown=${e=>{e.key===`Enter`&&(e.preventDefault(),this.submit()),e.key===`Escape`&&r!==``&&(lr(e),this.clearSearch())}}
        />
        ${r===``?j:O`<button type="button" class="round" part="button" aria-label=${e.t(`searchClear`)} @click=${this.clearSearch}>
              ${Yn}
            </button>`}
      </div>
      <div class="filters" part="filters" role="group" aria-label=${e.t(`filters`)}>
        ${this.renderOwnership()} ${this.renderMenu(`gender`,Fr,n?.facets?.gender)}
        ${this.renderMenu(`status`,Ir,n?.facets?.status)} ${this.renderOrder()}
        ${fr(this.host)&&n&&n.loaded>0?O`<button type="button" class="link" part="button" @click=${()=>pr(this.host)}>${e.t(`clearFilters`)}</button>`:j}
        <span class="total" aria-hidden="true">${this.host.list?.total==null?``:e.t(`total`,{count:this.host.list.total})}</span>
      </div>
      <div class="progress" ?data-active=${n?.loading??!0}></div>
    </div>`}renderOwnership(){let{i18n:e,query:t,list:n,fixedOwnership:r}=this.host;if(r)return j;let i=e=>n?.facets?.ownership.find(t=>t.value===e)?.count,a=(n,r,i)=>O`<button
        type="button"
        aria-pressed=${t.ownership===n}
        @click=${()=>this.host.search({ownership:n})}
      >
        ${e.t(r)}${i===void 0?j:O` <span class="count">${e.number(i)}</span>`}
      </button>`;return O`<div class="segments" role="group" aria-label=${e.t(`ownership`)}>
      ${a(null,`ownershipAll`,void 0)} ${a(`public`,`ownershipPUBLIC`,i(`PUBLIC`))}
      ${a(`private`,`ownershipPRIVATE`,i(`PRIVATE`))}
    </div>`}renderMenu(e,t,n){let{i18n:r,query:i}=this.host,a=i[e],o=e=>n?.find(t=>t.value===e)?.count??0,s=t.filter(e=>!n||o(e)>0||a.includes(e)),c=this.open===e,l=a.length===1?r.t(`${e}${a[0]}`):r.t(e);return O`<div
      class="menu"
      @focusout=${e=>{c&&!e.currentTarget.contains(e.relatedTarget)&&this.toggle(null)}}
      @keydown=${e=>this.menuKey(e,c)}
    >
      <button
        type="button"
        class="chip"
        ?data-active=${a.length>0}
        aria-expanded=${c}
        aria-controls="menu-${e}"
        aria-label=${a.length===1?`${r.t(e)}: ${l}`:j}
        @click=${()=>this.toggle(c?null:e)}
      >
        ${l}${a.length>1?O` <span class="badge">${r.number(a.length)}</span>`:j} ${Zn}
      </button>
      <div id="menu-${e}" class="popup" role="group" aria-label=${r.t(e)} tabindex="-1" ?hidden=${!c}>
        ${s.map(t=>O`<label class="option">
              <input
                type="checkbox"
                .checked=${$(a.includes(t))}
                @change=${n=>{n.stopPropagation(),this.change(e,t,n.target.checked)}}
              />
              <span class="check">${Qn}</span>
              <span class="option-name">${r.t(`${e}${t}`)}</span>
              ${n?O`<span class="count">${r.number(o(t))}</span>`:j}
            </label>`)}
      </div>
    </div>`}renderOrder(){let{i18n:e,query:t}=this.host,n=t.search!==``;return O`<span class="select chip">
      <select
        aria-label=${e.t(`order`)}
        @change=${e=>{e.stopPropagation(),this.host.search({order:e.target.value})}}
        @input=${e=>e.stopPropagation()}
      >
        ${Rr.map(r=>{let i=r===`relevance`&&!n?`orderDefault`:gi[r];return O`<option value=${r} .selected=${$(t.order===r)}>${e.t(i)}</option>`})}
      </select>
      ${Zn}
    </span>`}change(e,t,n){let r=this.host.query[e].filter(e=>e!==t);this.host.search({[e]:n?[...r,t]:r})}toggle(e){this.open=e,this.host.requestUpdate()}menuKey(e,t){let n=e.currentTarget;if(e.key===`Escape`&&t&&(lr(e),this.toggle(null),n.querySelector(`button`)?.focus()),e.key!==`ArrowDown`&&e.key!==`ArrowUp`)return;if(e.preventDefault(),!t)return n.querySelector(`button`)?.click();let r=[...n.querySelectorAll(`input`)],i=r.indexOf(this.host.shadowRoot?.activeElement??null);r.at(e.key===`ArrowDown`?(i+1)%r.length:Math.max(i,0)-1)?.focus()}},vi=`heygen-avatar-picker`,yi=[`endpoint`,`token`,`apiKey`],bi=class extends qt{static{this.styles=hi}static{this.shadowRootOptions={...F.shadowRootOptions,delegatesFocus:!0}}static{this.properties={endpoint:{type:String},token:{type:String},apiKey:{attribute:!1},ownership:{type:String},orientation:{type:String},theme:{type:String,reflect:!0},previews:{type:String},name:{type:String,reflect:!0},required:{type:Boolean,reflect:!0},disabled:{type:Boolean,reflect:!0},value:{attribute:!1,noAccessor:!0},view:{attribute:!1,noAccessor:!0}}}constructor(){super(),this.i18n=new wt(St,[]),this.client=null,this.list=null,this.query=Gr(Wr(null)),this.openLooks=()=>this.panel.loaded(),this.updateLook=e=>this.choice.update(e),this.previewImages=new ci(()=>this.requestUpdate()),this.player=new ii(()=>this.requestUpdate()),this.choice=new Rt(this),this.environment=new Gt(this,()=>this.retry()),this.grid=new Cr(this),this.panel=new ti(this),this.toolbar=new _i(this),this.tags=``,this.reported=/* @__PURE__ */ new WeakSet,this.endpoint=Vt,this.token=null,this.apiKey=null,this.ownership=null,this.orientation=null,this.theme=`auto`,this.previews=`show`,this.knownView=this.view,this.addEventListener(`click`,e=>{e.composedPath()[0]===this&&this.focus()})}static get observedAttributes(){return[...super.observedAttributes,`lang`,`value`]}attributeChangedCallback(e,t,n){e===`value`?!this.touched&&t!==n&&this.setValue(n??``):e===`lang`?this.requestUpdate():super.attributeChangedCallback(e,t,n)}get narrow(){return this.environment.narrow}get still(){return this.environment.still}get offline(){return this.environment.offline}get chosen(){return this.choice.selection}get unresolved(){return this.choice.unresolved}get isMissing(){return this.required&&this.showsInvalid&&this.value===``}get openGroupId(){return this.panel.groupId}get selection(){return this.chosen.detail}get value(){return this.choice.lookId}set value(e){this.touched=!0,this.setValue(String(e??``))}setValue(e){e!==this.value&&(e===``?this.deselect():this.choice.select(e,null).catch(()=>void 0))}formResetCallback(){super.formResetCallback(),this.choice.selectVoice(null)}get fixedOwnership(){return Lr.find(e=>e===this.ownership)??null}get view(){let{search:e,gender:t,status:n,order:r}=this.query,i=this.fixedOwnership??this.query.ownership,{groupId:a,lookFilter:o}=this.panel;return{search:e,gender:[...t],status:[...n],ownership:i,order:r,...o,groupId:a,lookId:this.value||null,voiceId:this.choice.voiceId}}set view(e){let t=Wr(e),{groupId:n,lookId:r,voiceId:i,lookSearch:a,orientation:o,readyOnly:s}=t;this.toolbar.reset(),this.search({...Gr(t),...this.fixedOwnership&&{ownership:this.query.ownership}}),this.panel.filterLooks({lookSearch:a,orientation:o,readyOnly:s}),n===null?this.closePanel(this.shadowRoot?.activeElement?.closest(`.panel`)!=null):this.panel.open(n,null,!1),this.touched=!0,r===null?this.deselect():r!==this.value&&this.choice.select(r,n).catch(()=>void 0),this.choice.selectVoice(i),this.knownView=this.view}async select(e){return this.touched=!0,this.choice.select(String(e),null)}clear(){this.touched=!0,this.deselect()}deselect(){this.panel.voices.close(!1),this.choice.clear()}reload(){this.previewImages.retry(),this.start(),this.panel.load(),this.panel.voices.load(),this.choice.ensure()}focus(e){this.toolbar.searchField?.focus(e)}connectedCallback(){super.connectedCallback(),this.requestUpdate()}disconnectedCallback(){super.disconnectedCallback(),this.stop(),queueMicrotask(()=>{this.isConnected||this.choice.abort()})}stop(){this.choice.suspend(),this.player.stop(),this.list?.close(),this.list=null,this.client=null,this.panel.unload(),this.panel.voices.close(!1)}willUpdate(e){let t=Kt(this);t.join()!==this.tags&&(this.tags=t.join(),this.i18n=new wt(St,t));let n=Ht(this.endpoint);if(this.previewImages.asking=(this.previews??`show`)!==`show`,this.previewImages.endpoint=n,!this.isConnected)return;if(this.token===``)this.stop();else if(!this.client||yi.some(t=>e.has(t))){let{token:t,apiKey:r}=this;this.client=new xt({endpoint:n,token:t,apiKey:r}),this.start(),this.panel.load(),this.panel.voices.load(),this.choice.renew(this.client,yi.some(t=>e.has(t)))}else e.has(`ownership`)&&this.start();e.has(`orientation`)&&this.panel.applyFilter();let{ownership:r,orientation:i}=this.view;(e.has(`ownership`)||e.has(`orientation`))&&Object.assign(this.knownView,{ownership:r,orientation:i})}updated(){this.updateValidity();for(let e of[this.list?.error,this.panel.looks?.error,this.panel.voices.error])e&&this.report(e);JSON.stringify(this.view)!==JSON.stringify(this.knownView)&&(this.knownView=this.view,this.dispatch(`picker-view-change`,this.view))}start(){let{client:e}=this;e&&(this.list?.close(),this.list=new Qe(e),this.list.addEventListener(`change`,()=>this.requestUpdate()),this.grid.reset(),this.list.setQuery(Kr(this.query,this.fixedOwnership)),this.requestUpdate())}search(e){let t={...this.query,...e};JSON.stringify(t)!==JSON.stringify(this.query)&&(this.query=t,this.grid.reset(),this.list?.setQuery(Kr(t,this.fixedOwnership)),this.requestUpdate())}get lookFilter(){return this.panel.lookFilter}filterLooks(e){this.panel.filterLooks(e)}retry(){this.list?.retry(),this.panel.looks?.retry(),this.panel.voices.retry(),this.choice.ensure()}openCharacter(e){this.panel.open(e.groupId,e,!0)}closePanel(e=!0){let{groupId:t}=this.panel;this.panel.close(),t&&e&&this.grid.focusCharacter(t)}chooseLook(e,t){this.choice.abort(),this.touched=!0,this.player.stop(),this.choice.set(e,t),this.dispatchInput()}chooseVoice(e){this.choice.setVoice(e)}openChosen(){let{look:e,character:t}=this.chosen;e?.groupId&&this.panel.open(e.groupId,t,!0)}removeChosen(){this.clear(),this.focus(),this.dispatchInput()}showLook(e,t){this.panel.filterLooks(null),this.panel.open(e,t,!1)}lookIdChanged(){this.syncValue(this.value),this.updateValidity(),this.requestUpdate()}selectionChanged(){this.requestUpdate(),this.dispatch(`avatar-select`,this.selection)}updateValidity(){let{i18n:e,narrow:t,panel:n,toolbar:r}=this,i=t&&n.groupId!==null?n.nameHeading:r.searchField;this.syncValidity(this.value,e.t(`label`),e.t(`required`),i)}report(e){let{retryAfter:t,status:n}=e,r=this.detailOf(e.code,e);return t!==void 0&&(r.retryAfter=t),n!==void 0&&(r.status=n),this.reported.has(e)||(this.reported.add(e),this.requestUpdate(),this.dispatch(`picker-error`,r)),r}detailOf(e,t={code:e}){return{code:e,message:cr(this.i18n,t,!!this.apiKey)}}dispatch(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0}))}render(){let{i18n:e,narrow:t,panel:n,list:r}=this,i=n.groupId!==null;return O`<div
      class="root"
      part="root"
      tabindex="-1"
      lang=${e.language}
      dir=${e.direction}
      ?data-narrow=${t}
      ?data-short=${this.environment.short}
      ?inert=${this.isDisabled}
      @keydown=${e=>{e.key===`Escape`&&!e.defaultPrevented&&n.escape()&&lr(e)}}
    >
      <div class="main" ?inert=${t&&i}>
        ${this.toolbar.render()} ${wr(this)} ${this.grid.render()}
      </div>
      ${n.render()}
      <p class="hidden" role="status">${hr(e,r,n.looks)}</p>
    </div>`}};customElements.get(vi)||customElements.define(vi,bi);