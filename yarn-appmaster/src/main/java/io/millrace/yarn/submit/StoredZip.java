package io.millrace.yarn.submit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip archive that is written straight to a stream, without compression: jars are compressed
 * already, and nodes unpack it faster. Same input, same bytes. Confined to one thread.
 */
final class StoredZip implements AutoCloseable {
    /** Any fixed time that the format can say without an extra field. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final ZipOutputStream zip;

    /** Takes over the stream. */
    StoredZip(OutputStream out) {
        this.zip = new ZipOutputStream(out);
        zip.setMethod(ZipOutputStream.STORED);
    }

    void add(String name, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        begin(name, bytes.length, crc.getValue());
        zip.write(bytes);
        zip.closeEntry();
    }

    /** Adds a file whose checksum is known; fails if it has changed since. */
    void add(String name, Path file, long sizeBytes, long crc) throws IOException {
        begin(name, sizeBytes, crc);
        Files.copy(file, zip);
        zip.closeEntry();
    }

    /** Adds a file; reads it twice, for its checksum comes first. */
    void add(String name, Path file) throws IOException {
        CRC32 crc = new CRC32();
        long sizeBytes = 0;
        byte[] buffer = new byte[1 << 16];
        try (var in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                crc.update(buffer, 0, n);
                sizeBytes += n;
            }
        }
        add(name, file, sizeBytes, crc.getValue());
    }

    /** The length of an archive of such entries; each name in ASCII. */
    static long lengthBytes(Iterable<LibraryPlan.Entry> entries) {
        long length = 22;
        for (LibraryPlan.Entry entry : entries) {
            length += 30 + 46 + 2L * entry.name().length() + entry.sizeBytes();
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private void begin(String name, long sizeBytes, long crc) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        entry.setSize(sizeBytes);
        entry.setCompressedSize(sizeBytes);
        entry.setCrc(crc);
        zip.putNextEntry(entry);
    }
}
