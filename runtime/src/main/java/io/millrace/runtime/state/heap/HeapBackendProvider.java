package io.millrace.runtime.state.heap;

import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.KeyedBackendProvider;
import io.millrace.runtime.state.KeyedBackendRequest;
import java.util.List;

/** State in memory: {@code heap}, by its other name {@code hashmap}. Stateless; any thread. */
public final class HeapBackendProvider implements KeyedBackendProvider {
    @Override
    public String name() {
        return "heap";
    }

    @Override
    public List<String> aliases() {
        return List.of("hashmap");
    }

    @Override
    public KeyedBackend create(KeyedBackendRequest request) {
        return new HeapBackend(request);
    }
}
