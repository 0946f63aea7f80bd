package io.millrace.batch.sort;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The local disk, as spilled runs see it. Any thread. */
class SpillFiles {
    static final SpillFiles LOCAL = new SpillFiles();

    /** A file that was not there before. */
    WritableByteChannel create(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    ReadableByteChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /**
     * @param wanted bytes that were to be written
     * @param written bytes of the file before
     */
    static MillraceException notWritten(
            Path file, long wanted, long written, String memoryOption, IOException cause) {
        return new MillraceException(
                ErrorCode.STORAGE_FAILED,
                file
                        + " for spilled records cannot be written: "
                        + wanted
                        + " bytes more after "
                        + written
                        + ": "
                        + cause
                        + ". "
                        + free(file)
                        + "Make room there, set task.spill-directory to a larger disk, or raise "
                        + memoryOption
                        + " so that less is spilled.",
                cause);
    }

    private static String free(Path file) {
        try {
            return Files.getFileStore(file.getParent()).getUsableSpace()
                    + " bytes are free on its disk. ";
        } catch (IOException | SecurityException e) {
            return "";
        }
    }

    /**
     * @param offset of the block that cannot be read
     */
    static MillraceException notRead(Path file, long offset, String what, Exception cause) {
        return new MillraceException(
                ErrorCode.STORAGE_FAILED,
                file
                        + " for spilled records cannot be read: it "
                        + what
                        + " at offset "
                        + offset
                        + ". The task starts again with new files; if this repeats, check the disk of"
                        + " task.spill-directory.",
                cause);
    }
}
