package io.millrace.rocks;

import io.millrace.runtime.state.KeyedBackendContract;
import io.millrace.runtime.state.KeyedBackendProvider;
import java.util.OptionalLong;

/**
 * The same with a cache that holds next to nothing, so that all state goes through the database.
 */
class RocksSmallCacheTest extends KeyedBackendContract {
    private static final long HEAP_BYTES = 200_000;

    @Override
    protected KeyedBackendProvider provider() {
        return provider(16L << 20);
    }

    @Override
    protected KeyedBackendProvider roomyProvider() {
        return provider(256L << 20);
    }

    private static KeyedBackendProvider provider(long stateBytes) {
        ProcessMemory process = ProcessMemory.of(1L << 30, HEAP_BYTES, stateBytes);
        return new RocksBackendProvider(new SharedMemories(process, OptionalLong::empty));
    }
}
