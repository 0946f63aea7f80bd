package io.millrace.runtime.state.heap;

import io.millrace.runtime.state.EvolvedStateContract;
import io.millrace.runtime.state.KeyedBackendProvider;

class HeapEvolvedStateTest extends EvolvedStateContract {
    @Override
    protected KeyedBackendProvider provider() {
        return new HeapBackendProvider();
    }
}
