package io.millrace.savepoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.RowGroup;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.IOException;

/** Manifests as JSON. Stateless. */
final class ManifestJson {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    // What a later release of the same version adds, nobody needs.
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private ManifestJson() {}

    static byte[] bytes(SavepointManifest manifest) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest that is no JSON", e);
        }
    }

    /**
     * @param where the file, for messages
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}; {@code CHECKPOINT_INCOMPATIBLE} if
     *     a newer release has written it
     */
    static SavepointManifest parse(byte[] bytes, Object where) {
        try {
            JsonNode tree = JSON.readTree(bytes);
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
            SavepointManifest manifest = JSON.treeToValue(tree, SavepointManifest.class);
            check(manifest, where);
            return manifest;
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(where, e.getMessage(), e);
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
