package io.millrace.testutils.operator;

import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SegmentSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** The file of a checkpoint as bytes in memory. Confined to the test. */
final class MemorySegments implements SegmentOutput, SegmentSource {
    private static final String FILE = "harness";

    private final List<SegmentRef> written = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();
    private long end;

    @Override
    public SegmentRef append(Body body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.writeTo(out);
        byte[] bytes = out.toByteArray();
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        SegmentRef segment = new SegmentRef(FILE, end, bytes.length, (int) sum.getValue());
        end += bytes.length;
        written.add(segment);
        contents.add(bytes);
        return segment;
    }

    @Override
    public InputStream open(SegmentRef segment) throws IOException {
        int index = written.indexOf(segment);
        if (index < 0) {
            throw new FileNotFoundException(segment + " is not of this snapshot");
        }
        return new ByteArrayInputStream(contents.get(index));
    }
}
