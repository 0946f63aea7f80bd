package io.millrace.savepoint;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.Verification;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Reads files of tables and holds every byte against the manifest. Confined to one call. */
final class TableVerification {
    private static final int BUFFER_BYTES = 1 << 20;

    private final FileSystem files;
    private final Path path;
    private final Verification.Pace pace;

    /**
     * @param path of the savepoint's directory
     * @param pace told of each block that was read
     */
    TableVerification(FileSystem files, Path path, Verification.Pace pace) {
        this.files = files;
        this.path = path;
        this.pace = pace;
    }

    /** What is missing, cannot be read or has other bytes is a damage. */
    TableSavepoint.Verified of(List<StoredTable> tables) {
        List<String> damages = new ArrayList<>();
        long bytes = 0;
        int count = 0;
        for (StoredTable file : tables) {
            try {
                bytes += verify(file, damages);
            } catch (FileNotFoundException | NoSuchFileException e) {
                damages.add(file.path() + " is missing");
            } catch (IOException e) {
                damages.add(file.path() + " cannot be read: " + e.getMessage());
            }
            count++;
        }
        return new TableSavepoint.Verified(count, bytes, List.copyOf(damages));
    }

    private long verify(StoredTable file, List<String> damages) throws IOException {
        CRC32C all = new CRC32C();
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, file.length() + 1)];
        long length = 0;
        try (FSDataInputStream in = files.open(new Path(path, file.path()))) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                all.update(buffer, 0, count);
                length += count;
                pace.read(count);
            }
        }
        String found = Crc.text((int) all.getValue());
        if (length != file.length()) {
            damages.add(
                    file.path() + " has " + length + " bytes, the manifest says " + file.length());
        } else if (!found.equals(file.crc32c())) {
            damages.add(
                    file.path()
                            + " has the checksum "
                            + found
                            + ", "
                            + file.crc32c()
                            + " was written");
        }
        return length;
    }
}
