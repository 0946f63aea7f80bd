package io.millrace.batch.shuffle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What files of results are made on. Thread-safe; tests have one that is full. */
interface Disk {
    Disk LOCAL =
            file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /** A file that was not there before. */
    WritableByteChannel create(Path file) throws IOException;
}
