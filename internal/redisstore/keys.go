package redisstore

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"time"
)

const (
	namespace     = "heygen-graphql:"
	sharedVersion = "1" // of all that replicas of different versions share
	channel       = namespace + sharedVersion + ":events"
)

const (
	leaseTTL      = 3 * time.Second
	slotTTL       = 5 * time.Second
	transientTTL  = 2 * time.Second
	generationTTL = 7 * 24 * time.Hour
	// provisionalTTL is that of a generation until a record is stored that is more than an
	// error: until then, the credential may be made up.
	provisionalTTL = time.Minute
	documentTTL    = 24 * time.Hour
	webhookTTL     = time.Hour
	maxBackOff     = 10 * time.Minute
)

// tenantKeys are the names of a tenant's keys and the secrets that are derived from its
// credential. A name reveals neither the credential nor the request.
type tenantKeys struct {
	id      string // in the names
	records string // prefix
	shared  string // prefix
	names   []byte // secret of the hashes in names
	sealer  cipher.AEAD
}

func newTenantKeys(credential [32]byte, version string) *tenantKeys {
	id := base64.RawURLEncoding.EncodeToString(derive(credential, "tenant", 16))
	block, err := aes.NewCipher(derive(credential, "records", 32))
	if err != nil {
		panic(err) // the length of the key is wrong
	}
	sealer, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	return &tenantKeys{
		id:      id,
		records: namespace + version + ":{" + id + "}:",
		shared:  namespace + sharedVersion + ":{" + id + "}:",
		names:   derive(credential, "names", 32),
		sealer:  sealer,
	}
}

func derive(credential [32]byte, purpose string, length int) []byte {
	key, err := hkdf.Key(sha256.New, credential[:], nil, "heygen-graphql redis "+purpose, length)
	if err != nil {
		panic(err) // the length is too large
	}
	return key
}

// recordKeys are the names of the keys of one cached value.
type recordKeys struct{ record, transient, lease string }

func (k *tenantKeys) of(key string) recordKeys {
	mac := hmac.New(sha256.New, k.names)
	mac.Write([]byte(key))
	hash := hex.EncodeToString(mac.Sum(nil)[:16])
	return recordKeys{k.records + "r:" + hash, k.records + "o:" + hash, k.records + "l:" + hash}
}

func (k *tenantKeys) generation() string { return k.shared + "gen" }
func (k *tenantKeys) backOff() string    { return k.shared + "backoff" }
func (k *tenantKeys) slot(n int) string  { return k.shared + "s:" + strconv.Itoa(n) }
