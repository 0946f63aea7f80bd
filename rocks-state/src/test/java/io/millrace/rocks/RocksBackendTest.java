package io.millrace.rocks;

import io.millrace.runtime.state.KeyedBackendContract;
import io.millrace.runtime.state.KeyedBackendProvider;

class RocksBackendTest extends KeyedBackendContract {
    @Override
    protected KeyedBackendProvider provider() {
        return new RocksBackendProvider();
    }
}
