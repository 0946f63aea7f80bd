package io.millrace.runtime.testing;

class HeapIntervalJoinTest extends IntervalJoinContract {
    @Override
    protected String backend() {
        return "hashmap";
    }
}
