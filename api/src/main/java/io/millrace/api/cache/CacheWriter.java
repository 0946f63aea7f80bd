package io.millrace.api.cache;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem.WriteMode;
import io.millrace.api.file.Path;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.type.ValueCodec;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Writes the records of one subtask to one file, if there are any. Confined to its task. */
final class CacheWriter<T> implements CommittingSinkWriter<T, String> {
    private static final int BUFFER_BYTES = 64 << 10;

    private final CacheFiles files;
    private final String name;
    private final ValueCodec<T> codec;
    // Null before the first record and after the last.
    private FSDataOutputStream file;
    private DataOutputStream out;

    CacheWriter(CacheFiles files, String name, ValueCodec<T> codec) {
        this.files = files;
        this.name = name;
        this.codec = codec;
    }

    @Override
    public void write(T element, Context context) {
        byte[] bytes = codec.encode(element);
        try {
            if (out == null) {
                Path staged = files.staged(name);
                file = staged.getFileSystem().create(staged, WriteMode.NO_OVERWRITE);
                out = new DataOutputStream(new BufferedOutputStream(file, BUFFER_BYTES));
            }
            out.writeInt(bytes.length);
            out.write(bytes);
        } catch (IOException e) {
            throw FileErrors.of(e, files.staged(name), "write a cached stream");
        }
    }

    @Override
    public void flush(boolean endOfInput) {
        // The file is made durable when it ends.
    }

    @Override
    public Collection<String> prepareCommit() {
        if (out == null) {
            return List.of();
        }
        try {
            out.flush();
            file.sync();
            out.close();
            out = null;
            return List.of(name);
        } catch (IOException e) {
            throw FileErrors.of(e, files.staged(name), "write a cached stream");
        }
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            file.close();
            out = null;
        }
    }
}
