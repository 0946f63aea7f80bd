package io.millrace.rocks;

import io.millrace.runtime.operator.window.GlobalWindowsContract;

/** Global windows whose state is in RocksDB. */
class RocksGlobalWindowsTest extends GlobalWindowsContract {
    @Override
    protected String backend() {
        return "rocksdb";
    }

    /** Fewer: each restore opens a database. */
    @Override
    protected int steps() {
        return 8;
    }
}
