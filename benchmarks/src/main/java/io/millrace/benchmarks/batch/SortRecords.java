package io.millrace.benchmarks.batch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * Files of records as TeraSort has them, and the judge of what was sorted.
 *
 * <pre>
 * file   := record*
 * record := key 10 | number of the record 8, big endian | filler 82
 * </pre>
 *
 * Keys are bytes in the order of unsigned numbers, at random by a seed. The checksum is the sum of
 * the records' CRC32, which is the same for each order.
 */
public final class SortRecords {
    public static final int LENGTH = 100;
    public static final int KEY = 10;

    private static final int FILES = 16;
    private static final long SEED = 42;
    private static final int BUFFER = 1 << 20;

    private SortRecords() {}

    /** Writes so many records, the same ones each time. */
    static Answer write(Path directory, long records) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] record = new byte[LENGTH];
        byte[] key = new byte[KEY];
        CRC32 crc = new CRC32();
        long checksum = 0;
        Files.createDirectories(directory);
        long number = 0;
        for (int file = 0; file < FILES; file++) {
            long end = records * (file + 1) / FILES;
            Path path = directory.resolve(String.format("records-%02d", file));
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), BUFFER)) {
                for (; number < end; number++) {
                    random.nextBytes(key);
                    System.arraycopy(key, 0, record, 0, KEY);
                    for (int i = 0; i < Long.BYTES; i++) {
                        record[KEY + i] = (byte) (number >>> 56 - 8 * i);
                    }
                    Arrays.fill(record, KEY + Long.BYTES, LENGTH, (byte) ('A' + number % 26));
                    out.write(record);
                    checksum += crc(crc, record);
                }
            }
        }
        return new Answer(number, checksum);
    }

    /**
     * Reads all files of an output, each of which must be in order, as must be the files one after
     * the other, by their first keys.
     *
     * @throws IOException if a key is less than the one before
     */
    static Answer read(Path directory) throws IOException {
        CRC32 crc = new CRC32();
        long checksum = 0;
        long count = 0;
        byte[] before = new byte[LENGTH];
        byte[] record = new byte[LENGTH];
        for (Path file : inOrder(directory)) {
            try (DataInputStream in = open(file)) {
                for (long left = Files.size(file) / LENGTH; left > 0; left--) {
                    in.readFully(record);
                    if (Arrays.compareUnsigned(before, 0, KEY, record, 0, KEY) > 0) {
                        throw new IOException(
                                file
                                        + " is not in order: key "
                                        + Arrays.toString(Arrays.copyOf(record, KEY))
                                        + " after "
                                        + Arrays.toString(Arrays.copyOf(before, KEY)));
                    }
                    checksum += crc(crc, record);
                    count++;
                    byte[] swap = before;
                    before = record;
                    record = swap;
                }
            }
        }
        return new Answer(count, checksum);
    }

    /** Keys that cut the records into so many parts of about the same size, by a sample. */
    public static List<byte[]> cuts(Path directory, int samples, int parts) throws IOException {
        List<byte[]> keys = new ArrayList<>();
        List<Path> files = Outputs.files(directory);
        for (Path file : files) {
            long records = Math.min(samples / files.size(), Files.size(file) / LENGTH);
            try (DataInputStream in = open(file)) {
                for (long i = 0; i < records; i++) {
                    keys.add(Arrays.copyOf(in.readNBytes(LENGTH), KEY));
                }
            }
        }
        keys.sort(Arrays::compareUnsigned);
        List<byte[]> cuts = new ArrayList<>();
        for (int part = 1; part < parts && !keys.isEmpty(); part++) {
            cuts.add(keys.get(keys.size() * part / parts));
        }
        return cuts;
    }

    private static List<Path> inOrder(Path directory) throws IOException {
        record First(Path file, byte[] key) {}
        List<First> firsts = new ArrayList<>();
        for (Path file : Outputs.files(directory)) {
            long size = Files.size(file);
            if (size % LENGTH != 0) {
                throw new IOException(file + " has " + size + " bytes, which is no whole record");
            }
            if (size > 0) {
                try (DataInputStream in = open(file)) {
                    firsts.add(new First(file, in.readNBytes(KEY)));
                }
            }
        }
        firsts.sort(Comparator.comparing(First::key, Arrays::compareUnsigned));
        return firsts.stream().map(First::file).toList();
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    }

    private static long crc(CRC32 crc, byte[] record) {
        crc.reset();
        crc.update(record);
        return crc.getValue();
    }
}
