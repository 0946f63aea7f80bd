package io.millrace.rocks;

import io.millrace.runtime.operator.window.WindowEdgesContract;

/** Odd times of windows whose state is in RocksDB. */
class RocksWindowEdgesTest extends WindowEdgesContract {
    @Override
    protected String backend() {
        return "rocksdb";
    }
}
