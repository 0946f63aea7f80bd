package io.millrace.rocks;

import io.millrace.runtime.testing.IntervalJoinContract;

/** Interval joins whose state is in RocksDB. */
class RocksIntervalJoinTest extends IntervalJoinContract {
    @Override
    protected String backend() {
        return "rocksdb";
    }

    /** Fewer: each restore opens a database. */
    @Override
    protected int steps() {
        return 20;
    }
}
