package io.millrace.runtime.state.heap;

import io.millrace.runtime.state.KeyedBackendContract;
import io.millrace.runtime.state.KeyedBackendProvider;

class HeapBackendTest extends KeyedBackendContract {
    @Override
    protected KeyedBackendProvider provider() {
        return new HeapBackendProvider();
    }
}
