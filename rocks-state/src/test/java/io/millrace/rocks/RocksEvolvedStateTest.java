package io.millrace.rocks;

import io.millrace.runtime.state.EvolvedStateContract;
import io.millrace.runtime.state.KeyedBackendProvider;

class RocksEvolvedStateTest extends EvolvedStateContract {
    @Override
    protected KeyedBackendProvider provider() {
        return new RocksBackendProvider();
    }
}
