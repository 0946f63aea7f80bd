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
        ProcessMemory process = ProcessMemory.of(1L << 30, HEAP_BYTES, 16L << 20);
        return new RocksBackendProvider(new SharedMemories(process, OptionalLong::empty));
    }
}
