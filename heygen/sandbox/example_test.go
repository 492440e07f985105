package sandbox_test

import (
	"fmt"
	"net/http"

	"heygen-graphql/heygen/sandbox"
)

func Example() {
	box := sandbox.New(sandbox.Options{})
	defer box.Close()
	box.QueueFaults(sandbox.RateLimited) // the first call only

	client := &http.Client{Transport: box.Transport()}
	for range 2 {
		request, _ := http.NewRequest("GET", "http://sandbox/v3/avatars?ownership=private", nil)
		request.Header.Set("X-Api-Key", "any")
		response, err := client.Do(request)
		if err != nil {
			fmt.Println(err)
			return
		}
		response.Body.Close()
		fmt.Println(response.Status)
	}
	fmt.Println(len(box.Calls()), "calls,", box.MaxInFlight(), "at once")
	// Output:
	// 429 Too Many Requests
	// 200 OK
	// 2 calls, 1 at once
}
