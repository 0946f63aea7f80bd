package io.millrace.rocks;

import io.millrace.runtime.operator.window.WindowTriggersContract;

/** Triggers and evictors of windows whose state is in RocksDB. */
class RocksWindowTriggersTest extends WindowTriggersContract {
    @Override
    protected String backend() {
        return "rocksdb";
    }
}
