package io.millrace.savepoint;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.RowGroup;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Manifests as JSON. Stateless. What the engine writes has its checksum as the last field, so that
 * no flipped bit is taken for something else; who writes one by hand leaves it out.
 *
 * <pre>
 * { …fields…  ,"crc32c" : "&lt;CRC32C of all bytes in front of this comma&gt;" }
 * </pre>
 */
final class ManifestJson {
    private static final String CRC = "crc32c";

    /** The end of a file that has a checksum. */
    private static final Pattern END =
            Pattern.compile(",\\s*\"" + CRC + "\"\\s*:\\s*\"([0-9a-f]{8})\"\\s*}\\s*\\z");

    private static final int END_BYTES = 64;

    private ManifestJson() {}

    /** Made when the first manifest is read: who only writes needs none. */
    private static final class Reading {
        static final JsonMapper JSON =
                JsonMapper.builder()
                        // What a later release of the same version adds, nobody needs.
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build();
    }

    static byte[] bytes(SavepointManifest manifest) {
        String text = ManifestText.of(manifest);
        byte[] summed =
                text.substring(0, text.lastIndexOf('}'))
                        .stripTrailing()
                        .getBytes(StandardCharsets.UTF_8);
        String end = ",\n  \"" + CRC + "\" : \"" + Crc.text(Crc.of(summed)) + "\"\n}\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(summed);
        all.writeBytes(end.getBytes(StandardCharsets.UTF_8));
        return all.toByteArray();
    }

    /**
     * @param where the file, for messages
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}; {@code CHECKPOINT_INCOMPATIBLE} if
     *     a newer release has written it
     */
    static SavepointManifest parse(byte[] bytes, Object where) {
        try {
            JsonNode tree = Reading.JSON.readTree(bytes);
            if (!SavepointManifest.FORMAT.equals(tree.path("format").asText())) {
                throw damaged(where, "it does not say that its format is a savepoint's", null);
            }
            int version = tree.path("version").asInt(0);
            if (version > SavepointManifest.VERSION) {
                throw new MillraceException(
                        ErrorCode.CHECKPOINT_INCOMPATIBLE,
                        where
                                + " has version "
                                + version
                                + " of the format, this release reads up to version "
                                + SavepointManifest.VERSION
                                + ". Use the release that wrote it, or a later one.");
            }
            if (tree.has(CRC)) {
                checkSum(bytes, where);
            }
            SavepointManifest manifest = Reading.JSON.treeToValue(tree, SavepointManifest.class);
            check(manifest, where);
            return manifest;
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(where, e.getMessage(), e);
        }
    }

    private static void checkSum(byte[] bytes, Object where) {
        // Each byte a character, so that places are the same in both.
        int from = Math.max(0, bytes.length - END_BYTES);
        String tail = new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
        Matcher end = END.matcher(tail);
        String found = end.find() ? Crc.text(Crc.of(Arrays.copyOf(bytes, from + end.start()))) : "";
        if (found.isEmpty() || !found.equals(end.group(1))) {
            throw damaged(
                    where,
                    "its bytes do not have the checksum that stands at its end. If you changed it"
                            + " yourself, take the field '"
                            + CRC
                            + "' out",
                    null);
        }
    }

    private static void check(SavepointManifest manifest, Object where) {
        if (manifest.version() < 1
                || manifest.jobId() == null
                || !manifest.jobId().matches("[0-9a-f]{32}")) {
            throw damaged(where, "it does not say of which job it is", null);
        }
        for (Operator operator : manifest.operators()) {
            if (operator.uid() == null
                    || operator.parallelism() < 1
                    || operator.maxParallelism() < operator.parallelism()) {
                throw damaged(where, "operator '" + operator.uid() + "' has no parallelism", null);
            }
            for (Table table : operator.tables()) {
                if (table.kind() == null || table.name() == null) {
                    throw damaged(where, "a table of '" + operator.uid() + "' has no name", null);
                }
                table.files().forEach(file -> check(file, where));
            }
        }
    }

    private static void check(StoredTable file, Object where) {
        if (file.path() == null || !TablePaths.isWithin(file.path())) {
            throw damaged(
                    where, "the file '" + file.path() + "' is not within the savepoint", null);
        }
        Crc.parse(file.crc32c());
        Crc.parse(file.tailCrc32c());
        long position = 0;
        for (RowGroup group : file.rowGroups()) {
            Crc.parse(group.crc32c());
            if (group.offset() < position || group.length() < 1 || group.rows() < 1) {
                throw damaged(where, "row groups of " + file.path() + " overlap", null);
            }
            position = group.offset() + group.length();
        }
        if (file.tailOffset() < position || file.length() <= file.tailOffset()) {
            throw damaged(where, "the row groups of " + file.path() + " are longer than it", null);
        }
    }

    private static MillraceException damaged(Object where, String what, Throwable cause) {
        return new MillraceException(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                where
                        + " is not the manifest of a savepoint: "
                        + what
                        + ". Copy the savepoint again, or use another one.",
                cause);
    }
}
