package io.millrace.connector.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * The content of a file in the form of bzip2: any number of streams, one after the other. Confined
 * to its reader.
 */
/* A stream is "BZh", a digit for the size of its blocks, blocks, and a trailer with a checksum of all.
 * A block is undone from the outside in: Huffman codes by groups of 50 symbols, positions in a list that
 * moves what is used to its front together with runs of its front, the Burrows-Wheeler transform, and
 * runs of four and more equal bytes. Every checksum is checked, so damage never becomes records.
 */
final class Bzip2Stream extends InputStream {
    private static final long BLOCK_MAGIC = 0x314159265359L;
    private static final long END_MAGIC = 0x177245385090L;
    private static final int GROUP_SYMBOLS = 50;
    private static final int MAX_CODE_BITS = 20;
    private static final int MAX_SYMBOLS = 258;
    private static final int MAX_SELECTORS = 18_002;
    private static final int BLOCK_UNIT_BYTES = 100_000;
    private static final int RUN_BYTES = 4;
    private static final int[] CRC_TABLE = crcTable();

    private final Bits bits;
    // Of the block: for each place of the sorted rotations, the place of the next byte, and its
    // byte.
    private int[] links;
    private int blockBytes;
    private int left;
    private int place;
    private int crc;
    private int expectedCrc;
    private int streamCrc;
    private boolean inBlock;
    private boolean ended;
    // The byte that repeats, and how often still.
    private int repeated = -1;
    private int repeats;
    private int run;

    Bzip2Stream(InputStream in) throws IOException {
        this.bits = new Bits(in);
        beginStream(true);
    }

    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value < 0 ? value << 1 ^ 0x04c11db7 : value << 1;
            }
            table[i] = value;
        }
        return table;
    }

    /** Returns false behind the last stream. */
    private boolean beginStream(boolean first) throws IOException {
        if (!first && bits.atEnd()) {
            return false;
        }
        int level = 0;
        if (bits.take(8) == 'B' && bits.take(8) == 'Z' && bits.take(8) == 'h') {
            level = bits.take(8) - '0';
        }
        if (level < 1 || level > 9) {
            throw damaged(first ? "it does not begin as one" : "what follows its end is none");
        }
        if (links == null || links.length < level * BLOCK_UNIT_BYTES) {
            links = new int[level * BLOCK_UNIT_BYTES];
        }
        blockBytes = level * BLOCK_UNIT_BYTES;
        streamCrc = 0;
        return true;
    }

    private static ZipException damaged(String what) {
        return new ZipException("not a whole bzip2 file: " + what);
    }

    @Override
    public int read() throws IOException {
        while (true) {
            if (repeats > 0) {
                repeats--;
                return sum(repeated);
            }
            if (left > 0) {
                int value = step();
                if (run == RUN_BYTES) {
                    // This byte says how often the one before comes again.
                    run = 0;
                    repeats = value;
                    continue;
                }
                run = value == repeated ? run + 1 : 1;
                repeated = value;
                return sum(value);
            }
            if (ended || !nextBlock()) {
                return -1;
            }
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int value = read();
            if (value < 0) {
                return count == 0 ? -1 : count;
            }
            bytes[offset + count] = (byte) value;
            count++;
        }
        return count;
    }

    private int step() {
        int entry = links[place];
        place = entry >>> 8;
        left--;
        return entry & 0xff;
    }

    private int sum(int value) {
        crc = crc << 8 ^ CRC_TABLE[crc >>> 24 ^ value];
        return value;
    }

    private boolean nextBlock() throws IOException {
        if (inBlock) {
            inBlock = false;
            if (~crc != expectedCrc) {
                throw damaged("the checksum of a block is wrong");
            }
            streamCrc = (streamCrc << 1 | streamCrc >>> 31) ^ expectedCrc;
        }
        long magic = (long) bits.take(24) << 24 | bits.take(24);
        while (magic == END_MAGIC) {
            int expected = bits.take(16) << 16 | bits.take(16);
            if (expected != streamCrc) {
                throw damaged("the checksum of a stream is wrong");
            }
            bits.skipToByte();
            if (!beginStream(false)) {
                ended = true;
                return false;
            }
            magic = (long) bits.take(24) << 24 | bits.take(24);
        }
        if (magic != BLOCK_MAGIC) {
            throw damaged("a block does not begin as one");
        }
        readBlock();
        return true;
    }

    private void readBlock() throws IOException {
        expectedCrc = bits.take(16) << 16 | bits.take(16);
        if (bits.take(1) != 0) {
            throw damaged("its blocks are shuffled, as only versions before 0.9.5 did");
        }
        int origin = bits.take(24);
        byte[] used = usedBytes();
        int[] counts = new int[257];
        int size = unpack(used, counts);
        if (origin >= size) {
            throw damaged("a block begins behind its end");
        }
        // The sorted column: how many bytes are lower, for each byte.
        for (int i = 1; i < counts.length; i++) {
            counts[i] += counts[i - 1];
        }
        for (int i = 0; i < size; i++) {
            int value = links[i] & 0xff;
            links[counts[value]] |= i << 8;
            counts[value]++;
        }
        left = size;
        place = links[origin] >>> 8;
        crc = -1;
        run = 0;
        repeated = -1;
        inBlock = true;
    }

    private byte[] usedBytes() throws IOException {
        byte[] used = new byte[256];
        int groups = bits.take(16);
        int count = 0;
        for (int group = 0; group < 16; group++) {
            if ((groups & 0x8000 >>> group) != 0) {
                int members = bits.take(16);
                for (int i = 0; i < 16; i++) {
                    if ((members & 0x8000 >>> i) != 0) {
                        used[count] = (byte) (group << 4 | i);
                        count++;
                    }
                }
            }
        }
        if (count == 0) {
            throw damaged("a block has no bytes");
        }
        return Arrays.copyOf(used, count);
    }

    /**
     * Undoes the codes and the moves to the front. Fills the low bytes of the links.
     *
     * @param front the bytes that occur, in their order
     * @param counts of each byte, one place later
     * @return bytes of the block
     */
    private int unpack(byte[] front, int[] counts) throws IOException {
        int symbols = front.length + 2;
        int tables = bits.take(3);
        int selectorCount = bits.take(15);
        if (tables < 2 || tables > 6 || selectorCount == 0) {
            throw damaged("a block has " + tables + " tables and " + selectorCount + " selectors");
        }
        byte[] selectors = selectors(tables, selectorCount);
        Codes[] codes = new Codes[tables];
        for (int i = 0; i < tables; i++) {
            codes[i] = new Codes(lengths(symbols));
        }
        int end = symbols - 1;
        int size = 0;
        int group = 0;
        int inGroup = 0;
        int runLength = 0;
        int runUnit = 1;
        while (true) {
            if (inGroup == 0) {
                if (group == selectors.length) {
                    throw damaged("a block has more symbols than it says");
                }
                inGroup = GROUP_SYMBOLS;
                group++;
            }
            inGroup--;
            int symbol = codes[selectors[group - 1]].next();
            if (symbol < 2) {
                // Digits 1 and 2 of a number, the lowest first.
                if (runUnit > blockBytes) {
                    throw damaged("a block is longer than it may be");
                }
                runLength += runUnit << symbol;
                runUnit <<= 1;
                continue;
            }
            if (runLength > 0) {
                size = put(front[0], runLength, size, counts);
                runLength = 0;
                runUnit = 1;
            }
            if (symbol == end) {
                return size;
            }
            byte value = front[symbol - 1];
            System.arraycopy(front, 0, front, 1, symbol - 1);
            front[0] = value;
            size = put(value, 1, size, counts);
        }
    }

    private int put(byte value, int times, int size, int[] counts) throws ZipException {
        if (times > blockBytes - size) {
            throw damaged("a block is longer than it may be");
        }
        int low = value & 0xff;
        Arrays.fill(links, size, size + times, low);
        counts[low + 1] += times;
        return size + times;
    }

    private byte[] selectors(int tables, int count) throws IOException {
        byte[] front = {0, 1, 2, 3, 4, 5};
        byte[] selectors = new byte[Math.min(count, MAX_SELECTORS)];
        for (int i = 0; i < count; i++) {
            int at = 0;
            while (bits.take(1) == 1) {
                at++;
                if (at >= tables) {
                    throw damaged("a block names a table that is not there");
                }
            }
            byte value = front[at];
            System.arraycopy(front, 0, front, 1, at);
            front[0] = value;
            if (i < selectors.length) {
                selectors[i] = value;
            }
        }
        return selectors;
    }

    private int[] lengths(int symbols) throws IOException {
        int[] lengths = new int[symbols];
        int length = bits.take(5);
        for (int i = 0; i < symbols; i++) {
            while (true) {
                if (length < 1 || length > MAX_CODE_BITS) {
                    throw damaged("a code has " + length + " bits");
                }
                if (bits.take(1) == 0) {
                    break;
                }
                length += bits.take(1) == 0 ? 1 : -1;
            }
            lengths[i] = length;
        }
        return lengths;
    }

    @Override
    public void close() throws IOException {
        bits.close();
    }

    /** Canonical Huffman codes: shorter ones first, equal ones in the order of their symbols. */
    private final class Codes {
        // By length: the highest code, and what to subtract from a code to find its symbol.
        private final int[] highest = new int[MAX_CODE_BITS + 1];
        private final int[] base = new int[MAX_CODE_BITS + 1];
        private final int[] symbols = new int[MAX_SYMBOLS];

        Codes(int[] lengths) {
            int code = 0;
            int count = 0;
            for (int length = 1; length <= MAX_CODE_BITS; length++) {
                base[length] = code - count;
                for (int symbol = 0; symbol < lengths.length; symbol++) {
                    if (lengths[symbol] == length) {
                        symbols[count] = symbol;
                        count++;
                        code++;
                    }
                }
                highest[length] = code - 1;
                code <<= 1;
            }
        }

        int next() throws IOException {
            int code = 0;
            for (int length = 1; length <= MAX_CODE_BITS; length++) {
                code = code << 1 | bits.take(1);
                int at = code - base[length];
                if (code <= highest[length] && at >= 0 && at < symbols.length) {
                    return symbols[at];
                }
            }
            throw damaged("a code stands for nothing");
        }
    }

    /** Bits of a stream, the highest of a byte first. Confined to its reader. */
    private static final class Bits {
        private static final int BUFFER_BYTES = 64 << 10;

        private final InputStream in;
        private final byte[] buffer = new byte[BUFFER_BYTES];
        private int from;
        private int to;
        private int held;
        private int heldBits;

        Bits(InputStream in) {
            this.in = in;
        }

        /**
         * @param count from 1 to 24
         */
        int take(int count) throws IOException {
            while (heldBits < count) {
                if (from == to && !fill()) {
                    throw new EOFException("a bzip2 file ends in the middle");
                }
                held = held << 8 | buffer[from] & 0xff;
                from++;
                heldBits += 8;
            }
            heldBits -= count;
            return held >>> heldBits & (1 << count) - 1;
        }

        void skipToByte() {
            heldBits -= heldBits % 8;
        }

        boolean atEnd() throws IOException {
            return heldBits < 8 && from == to && !fill();
        }

        private boolean fill() throws IOException {
            int count = in.read(buffer, 0, buffer.length);
            from = 0;
            to = Math.max(0, count);
            return to > 0;
        }

        void close() throws IOException {
            in.close();
        }
    }
}
