package io.millrace.savepoint;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.IOException;

/** The last step of a savepoint: its manifest, written aside and renamed. Stateless. */
final class ManifestFile {
    private static final String ASIDE = TablePaths.MANIFEST + ".new";

    private ManifestFile() {}

    /**
     * The savepoint exists afterwards; all its files are durable.
     *
     * @param directory of the savepoint
     */
    static void write(FileSystem files, Path directory, SavepointManifest manifest)
            throws IOException {
        byte[] bytes = ManifestJson.bytes(manifest);
        Path aside = new Path(directory, ASIDE);
        try (FSDataOutputStream out = files.createDurable(aside)) {
            out.write(bytes, 0, bytes.length / 2);
            FaultPoint.SAVEPOINT_MANIFEST_HALF_WRITTEN.hit();
            out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
        }
        FaultPoint.SAVEPOINT_BEFORE_RENAME.hit();
        if (!files.rename(aside, new Path(directory, TablePaths.MANIFEST))) {
            throw new IOException(aside + " cannot be renamed to " + TablePaths.MANIFEST);
        }
    }
}
