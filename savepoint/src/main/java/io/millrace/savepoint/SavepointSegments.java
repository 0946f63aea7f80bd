package io.millrace.savepoint;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Row groups of savepoints as the segments that tasks read. Thread-safe.
 *
 * <pre>
 * file of a segment := path of the file, '#', its length, '-', offset of its tail, '-', CRC32C of the tail
 * </pre>
 */
final class SavepointSegments implements SegmentSource {
    private static final int FIRST_BYTES = 64 << 10;
    private static final int MOST_FIRST_BYTES = 32 << 20;
    private static final int MAX_OPEN = 256;
    private static final Pattern NAME =
            Pattern.compile("(.*\\.parquet)#([0-9]{1,18})-([0-9]{1,18})-([0-9a-f]{8})");

    /** Files whose footers were read, the latest ones. */
    private final Map<String, TableInput> open =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, TableInput> eldest) {
                    return size() > MAX_OPEN;
                }
            };

    static String name(Path path, SavepointManifest.StoredTable file) {
        return path + "#" + file.length() + "-" + file.tailOffset() + "-" + file.tailCrc32c();
    }

    static boolean isName(String file) {
        return file.lastIndexOf(TablePaths.SUFFIX + "#") >= 0 && NAME.matcher(file).matches();
    }

    @Override
    public InputStream open(SegmentRef segment) throws IOException {
        TableInput file = fileOf(segment.file());
        Map<String, String> metadata = file.metadata();
        Path path = new Path(segment.file().substring(0, segment.file().lastIndexOf('#')));
        try {
            PartForm form =
                    PartForm.of(
                            StatePart.Kind.valueOf(metadata.get(TableFile.KIND)),
                            metadata.get(TableFile.FORM),
                            Base64.getDecoder().decode(metadata.get(TableFile.DESCRIPTION)));
            long likely = file.likelyBytes(segment.offset()) * 5 / 4;
            BinaryWriter content =
                    new BinaryWriter(
                            (int) Math.max(FIRST_BYTES, Math.min(MOST_FIRST_BYTES, likely)));
            read(file, form, segment, content);
            return new ByteArrayInputStream(content.array(), 0, content.size());
        } catch (MillraceException e) {
            throw e;
        } catch (CorruptDataException | IllegalArgumentException | NullPointerException e) {
            throw TableInput.damaged(path, e.getMessage());
        }
    }

    private static void read(
            TableInput file, PartForm form, SegmentRef segment, BinaryWriter content)
            throws IOException {
        TableLayout layout = form.layout();
        if (form instanceof KeyedForm keyed) {
            StoredTableRows rows =
                    file.rowsWithoutTrees(
                            layout, segment.offset(), segment.length(), segment.crc32c());
            if (rows != null) {
                keyed.toContent(rows, content);
                return;
            }
        }
        form.toContent(
                file.rows(layout, segment.offset(), segment.length(), segment.crc32c()), content);
    }

    private TableInput fileOf(String name) throws IOException {
        synchronized (open) {
            TableInput known = open.get(name);
            if (known != null) {
                return known;
            }
        }
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no file of a savepoint: '" + name + "'");
        }
        TableInput input =
                TableInput.open(
                        new Path(parts.group(1)),
                        Long.parseLong(parts.group(2)),
                        Long.parseLong(parts.group(3)),
                        Crc.parse(parts.group(4)));
        synchronized (open) {
            open.put(name, input);
        }
        return input;
    }
}
