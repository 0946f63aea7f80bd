package io.millrace.batch;

import io.millrace.batch.sort.KeyNormalizer;
import io.millrace.batch.sort.KeyWriter;

/** Records by the hash of their key, then by timestamp, none first. Stateless. */
final class HashOrder extends KeyNormalizer<KeyedRecord> {
    @Override
    public void write(KeyedRecord record, KeyWriter out) {
        // Signed numbers in unsigned order, as those of a sort by hash alone.
        out.putInt(record.keyHash() ^ Integer.MIN_VALUE);
        out.putLong(record.timestampMs ^ Long.MIN_VALUE);
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public int maxBytes() {
        return Integer.BYTES + Long.BYTES;
    }

    @Override
    public int compare(KeyedRecord one, KeyedRecord other) {
        int byHash = Integer.compare(one.keyHash(), other.keyHash());
        return byHash != 0 ? byHash : Long.compare(one.timestampMs, other.timestampMs);
    }
}
