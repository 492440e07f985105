package redisstore_test

import (
	"net/http/httptest"
	"testing"

	"github.com/alicebob/miniredis/v2"
)

func TestTLSVerifiesTheCertificateOfRedis(t *testing.T) {
	certified := httptest.NewTLSServer(nil) // for its certificate
	defer certified.Close()
	m := miniredis.NewMiniRedis()
	if err := m.StartTLS(certified.TLS); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	refuse(m, func(string, []string) string { return "" })
	unverified := openUp(t, options("rediss://"+m.Addr()+"?skip_verify=true"))
	put(t, tenant(t, unverified, alice), record(groups, "data"))

	var log logged
	o := options("rediss://" + m.Addr())
	o.Logger = log.logger()
	verified := open(t, o)
	eventually(t, "log line", func() bool { return log.count("reason=connection") > 0 })
	if verified.Up() {
		t.Error("a certificate of an unknown authority is accepted")
	}
}
