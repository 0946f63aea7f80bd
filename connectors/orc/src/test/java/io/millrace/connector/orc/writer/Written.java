package io.millrace.connector.orc.writer;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.option.Configuration;
import io.millrace.api.serialization.BulkWriter;
import io.millrace.connector.file.BulkFormat;
import io.millrace.connector.file.FileSourceSplit;
import io.millrace.connector.file.RecordAndPosition;
import io.millrace.connector.orc.OrcFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;

/** Files as the sink writes them, read back by our reader and by orc-core's. */
final class Written {
    private Written() {}

    static FSDataOutputStream begin(Path path) throws IOException {
        io.millrace.api.file.Path ours = new io.millrace.api.file.Path(path.toUri());
        return ours.getFileSystem().create(ours, FileSystem.WriteMode.OVERWRITE);
    }

    static <T> void write(BulkWriter.Factory<T> factory, List<T> records, Path path)
            throws IOException {
        try (FSDataOutputStream out = begin(path)) {
            BulkWriter<T> writer = factory.create(out);
            for (T record : records) {
                writer.addElement(record);
            }
            writer.flush();
            writer.finish();
        }
    }

    static <T> List<T> read(OrcFormat<T> format, Path path) throws IOException {
        long size = Files.size(path);
        FileSourceSplit split =
                new FileSourceSplit(
                        "1", new io.millrace.api.file.Path(path.toUri()), 0, size, 0, size);
        List<T> read = new ArrayList<>();
        try (BulkFormat.Reader<T> reader = format.createReader(new Configuration(), split)) {
            BulkFormat.RecordIterator<T> batch = reader.readBatch();
            while (batch != null) {
                RecordAndPosition<T> next = batch.next();
                while (next != null) {
                    read.add(next.getRecord());
                    next = batch.next();
                }
                batch.releaseBatch();
                batch = reader.readBatch();
            }
        }
        return read;
    }

    /** Opened by orc-core, with Hadoop's file system. */
    static Reader open(Path path) throws IOException {
        return OrcFile.createReader(
                new org.apache.hadoop.fs.Path(path.toUri()),
                OrcFile.readerOptions(new org.apache.hadoop.conf.Configuration(false)));
    }
}
