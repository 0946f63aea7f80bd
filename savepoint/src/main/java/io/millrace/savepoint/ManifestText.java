package io.millrace.savepoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.Part;
import io.millrace.savepoint.SavepointManifest.RowGroup;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** Writes manifests field by field. Confined to one manifest. */
/* Workers write one each, mostly once in their life: Jackson's data binding would load some hundred classes for
 * it, which takes longer than a million rows. */
final class ManifestText {
    private final JsonGenerator out;

    private ManifestText(JsonGenerator out) {
        this.out = out;
    }

    static String of(SavepointManifest manifest) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            new ManifestText(out).write(manifest);
        } catch (IOException e) {
            throw new IllegalStateException("a manifest that is no JSON", e);
        }
        return text.toString();
    }

    /** Writes an element of an array. */
    private interface Element<T> {
        void write(T value) throws IOException;
    }

    private <T> void array(String name, List<T> values, Element<T> element) throws IOException {
        out.writeArrayFieldStart(name);
        for (T value : values) {
            element.write(value);
        }
        out.writeEndArray();
    }

    private void unlessNull(String name, String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    private void write(SavepointManifest manifest) throws IOException {
        out.writeStartObject();
        unlessNull("format", manifest.format());
        out.writeNumberField("version", manifest.version());
        unlessNull("jobId", manifest.jobId());
        unlessNull("jobName", manifest.jobName());
        out.writeNumberField("epoch", manifest.epoch());
        out.writeNumberField("checkpointId", manifest.checkpointId());
        out.writeNumberField("triggeredAtMs", manifest.triggeredAtMs());
        array("operators", manifest.operators(), this::operator);
        out.writeEndObject();
    }

    private void operator(Operator operator) throws IOException {
        out.writeStartObject();
        out.writeStringField("uid", operator.uid());
        out.writeStringField("name", operator.name());
        out.writeNumberField("parallelism", operator.parallelism());
        out.writeNumberField("maxParallelism", operator.maxParallelism());
        array("finishedSubtasks", operator.finishedSubtasks(), out::writeNumber);
        array("tables", operator.tables(), this::table);
        out.writeEndObject();
    }

    private void table(Table table) throws IOException {
        out.writeStartObject();
        unlessNull("kind", table.kind() == null ? null : table.kind().name());
        unlessNull("name", table.name());
        unlessNull("form", table.form());
        unlessNull("description", table.description());
        unlessNull("schema", table.schema());
        out.writeNumberField("rows", table.rows());
        array("warnings", table.warnings(), this::warning);
        if (table.parts() != null) {
            array("parts", table.parts(), this::part);
        }
        array("files", table.files(), this::file);
        out.writeEndObject();
    }

    private void warning(Columns.Warning warning) throws IOException {
        out.writeStartObject();
        out.writeStringField("column", warning.column());
        out.writeStringField("reason", warning.reason());
        out.writeEndObject();
    }

    private void part(Part part) throws IOException {
        out.writeStartObject();
        out.writeNumberField("subtask", part.subtask());
        out.writeNumberField("items", part.items());
        out.writeNumberField("firstKeyGroup", part.firstKeyGroup());
        out.writeNumberField("lastKeyGroup", part.lastKeyGroup());
        out.writeNumberField("rowGroups", part.rowGroups());
        out.writeEndObject();
    }

    private void file(StoredTable file) throws IOException {
        out.writeStartObject();
        out.writeStringField("path", file.path());
        out.writeNumberField("length", file.length());
        out.writeStringField("crc32c", file.crc32c());
        out.writeNumberField("tailOffset", file.tailOffset());
        out.writeStringField("tailCrc32c", file.tailCrc32c());
        array("rowGroups", file.rowGroups(), this::rowGroup);
        out.writeEndObject();
    }

    private void rowGroup(RowGroup group) throws IOException {
        out.writeStartObject();
        out.writeNumberField("offset", group.offset());
        out.writeNumberField("length", group.length());
        out.writeNumberField("rows", group.rows());
        out.writeNumberField("firstKeyGroup", group.firstKeyGroup());
        out.writeNumberField("lastKeyGroup", group.lastKeyGroup());
        out.writeStringField("crc32c", group.crc32c());
        out.writeEndObject();
    }
}
