package io.millrace.benchmarks.job;

/** What the windows of the workloads add up; a POJO by the rules of both engines. */
public class Total {
    public long key;
    public long amount;
    public long count;

    public Total() {}

    /** Changes this total. */
    public Total add(Trade trade) {
        key = trade.key;
        amount += trade.amount;
        count++;
        return this;
    }

    /** Changes this total. */
    public Total add(Total other) {
        key = other.count > 0 ? other.key : key;
        amount += other.amount;
        count += other.count;
        return this;
    }

    public long checksum() {
        return Keyed.checksum(key, amount * 31 + count);
    }
}
