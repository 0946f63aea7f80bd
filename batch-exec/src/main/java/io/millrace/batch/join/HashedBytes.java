package io.millrace.batch.join;

import io.millrace.batch.sort.KeyNormalizer;
import io.millrace.batch.sort.KeyWriter;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializer;

/** A record as bytes on its way into a sort; one object for all of them. Confined to its owner. */
final class HashedBytes {
    private static final int FLAG_BYTES = 1;

    private int hash;
    private boolean matched;
    private byte[] bytes;
    private int from;
    private int length;

    HashedBytes of(int itsHash, boolean itWasMatched, byte[] itsBytes, int itsFrom, int itsLength) {
        hash = itsHash;
        matched = itWasMatched;
        bytes = itsBytes;
        from = itsFrom;
        length = itsLength;
        return this;
    }

    /** By hash, unsigned. */
    static final class ByHash extends KeyNormalizer<HashedBytes> {
        @Override
        public void write(HashedBytes record, KeyWriter out) {
            out.putInt(record.hash);
        }

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public int maxBytes() {
            return Integer.BYTES;
        }

        @Override
        public int compare(HashedBytes one, HashedBytes other) {
            return Integer.compareUnsigned(one.hash, other.hash);
        }
    }

    /** A byte that says whether it was matched, then the record as it is. */
    static final class Form extends Serializer<HashedBytes> {
        @Override
        public void write(HashedBytes record, BinaryWriter out) {
            out.writeByte(record.matched ? 1 : 0);
            out.writeBytes(record.bytes, record.from, record.length);
        }

        @Override
        public HashedBytes read(BinaryReader in) {
            throw new UnsupportedOperationException("records are read where they lie");
        }

        @Override
        public HashedBytes copy(HashedBytes record) {
            throw new UnsupportedOperationException("records are not kept");
        }

        @Override
        public boolean immutable() {
            return false;
        }

        @Override
        public Schema schema() {
            return new Schema.Any();
        }
    }

    /** Whether a record that lies somewhere was matched. */
    static boolean isMatched(byte[] bytes, int at) {
        return bytes[at] != 0;
    }

    static Object read(JoinSide side, byte[] bytes, int at, int length) {
        return side.read(bytes, at + FLAG_BYTES, length - FLAG_BYTES);
    }
}
