package io.millrace.rocks;

import io.millrace.runtime.operator.window.WindowOperatorsContract;

/** Windows whose state is in RocksDB. */
class RocksWindowOperatorsTest extends WindowOperatorsContract {
    @Override
    protected String backend() {
        return "rocksdb";
    }

    /** Fewer: each restore opens a database. */
    @Override
    protected int steps() {
        return 10;
    }
}
