package io.millrace.connector.file;

import io.millrace.api.file.Path;
import io.millrace.api.source.Source;
import io.millrace.api.source.TextFileSources;

/** What {@code readTextFile} reads with. Stateless. */
public final class TextFiles implements TextFileSources {
    @Override
    public Source<String, ?, ?> linesOf(Path path, String charsetName) {
        return FileSource.forRecordStreamFormat(new TextLineInputFormat(charsetName), path).build();
    }
}
