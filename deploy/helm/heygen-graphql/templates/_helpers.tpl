{{- define "heygen-graphql.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "heygen-graphql.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains (include "heygen-graphql.name" .) .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "heygen-graphql.name" .) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "heygen-graphql.selectorLabels" -}}
app.kubernetes.io/name: {{ include "heygen-graphql.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "heygen-graphql.labels" -}}
{{ include "heygen-graphql.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "heygen-graphql.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "heygen-graphql.secretName" -}}
{{- if .Values.existingSecret -}}
{{ .Values.existingSecret }}
{{- else if .Values.secret -}}
{{ include "heygen-graphql.fullname" . }}
{{- end -}}
{{- end -}}

{{- define "heygen-graphql.documentsName" -}}
{{- if .Values.trustedDocuments.existingConfigMap -}}
{{ .Values.trustedDocuments.existingConfigMap }}
{{- else if .Values.trustedDocuments.manifest -}}
{{ include "heygen-graphql.fullname" . }}-documents
{{- end -}}
{{- end -}}

{{/* usesRedis is not empty if the pods may need to reach Redis: an existing Secret may have its URL. */}}
{{- define "heygen-graphql.usesRedis" -}}
{{- if or .Values.existingSecret .Values.secret.REDIS_URL -}}true{{- end -}}
{{- end -}}

{{/* settingValue is a value as the server reads it: Helm reads 1000000 as the number 1e+06. */}}
{{- define "heygen-graphql.settingValue" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}
{{- int64 . -}}
{{- else -}}
{{- toString . -}}
{{- end -}}
{{- end -}}

{{/* memoryLimit is GOMEMLIMIT, nine tenths of the memory limit, or empty without a limit. */}}
{{- define "heygen-graphql.memoryLimit" -}}
{{- with dig "limits" "memory" "" .Values.resources -}}
{{- $quantity := include "heygen-graphql.settingValue" . -}}
{{- $units := dict "" 1 "k" 1000 "M" 1000000 "G" 1000000000 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 -}}
{{- $unit := regexFind "[A-Za-z]*$" $quantity -}}
{{- if not (and (hasKey $units $unit) (regexMatch "^[0-9.]+[A-Za-z]*$" $quantity)) -}}
{{- fail (printf "resources.limits.memory: %q must be a number with Ki, Mi, Gi, k, M, G or no unit." $quantity) -}}
{{- end -}}
{{- printf "%dKiB" (int64 (floor (divf (mulf (float64 (trimSuffix $unit $quantity)) (get $units $unit) 0.9) 1024))) -}}
{{- end -}}
{{- end -}}

{{/* validate fails with one sentence if the server would not start, or would admit every caller by mistake. */}}
{{- define "heygen-graphql.validate" -}}
{{- $settings := .Values.settings -}}
{{- $passthrough := eq (toString $settings.HEYGEN_AUTH) "passthrough" -}}
{{- $anonymous := eq (toString $settings.ALLOW_ANONYMOUS) "true" -}}
{{- $tokens := or .Values.secret.CLIENT_TOKENS $settings.CLIENT_TOKENS_FILE $settings.JWKS_URL -}}
{{- if and .Values.existingSecret .Values.secret -}}
{{- fail "Set either existingSecret or secret, not both." -}}
{{- else if and .Values.sandbox (or .Values.existingSecret .Values.secret.HEYGEN_API_KEY $settings.HEYGEN_BASE_URL $passthrough) -}}
{{- fail "sandbox=true cannot be combined with a HeyGen key, existingSecret, HEYGEN_BASE_URL or HEYGEN_AUTH=passthrough." -}}
{{- else if not (or .Values.sandbox .Values.existingSecret .Values.secret.HEYGEN_API_KEY $passthrough) -}}
{{- fail "No HeyGen credential: set secret.HEYGEN_API_KEY or existingSecret, settings.HEYGEN_AUTH=passthrough for callers with keys of their own, or sandbox=true for a trial." -}}
{{- else if not (or .Values.sandbox .Values.existingSecret $passthrough $tokens $anonymous) -}}
{{- fail "Every caller could use the HeyGen key: set secret.CLIENT_TOKENS, settings.CLIENT_TOKENS_FILE or settings.JWKS_URL, or settings.ALLOW_ANONYMOUS=true to allow that." -}}
{{- else if and .Values.trustedDocuments.manifest .Values.trustedDocuments.existingConfigMap -}}
{{- fail "Set either trustedDocuments.manifest or trustedDocuments.existingConfigMap, not both." -}}
{{- else if and (ne .Values.trustedDocuments.only "false") (not (include "heygen-graphql.documentsName" .)) -}}
{{- fail "trustedDocuments.only requires trustedDocuments.manifest or trustedDocuments.existingConfigMap." -}}
{{- else if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- fail "ingress.enabled requires ingress.hosts." -}}
{{- end -}}
{{- end -}}
