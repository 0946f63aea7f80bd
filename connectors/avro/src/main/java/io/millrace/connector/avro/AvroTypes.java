package io.millrace.connector.avro;

import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.TypeInformationProvider;
import java.lang.reflect.Modifier;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;

/** Describes the classes of Avro that programs use. Stateless; made by the service loader. */
public final class AvroTypes implements TypeInformationProvider {
    /** For the service loader. */
    public AvroTypes() {}

    /**
     * A class that Avro generated; or a generic record of which no schema is given, which is then
     * written with each record.
     */
    @Override
    public TypeInformation<?> describe(Class<?> type) {
        if (type == GenericRecord.class || type == GenericData.Record.class) {
            return new DescribedRecordTypeInfo();
        }
        boolean generated =
                SpecificRecordBase.class.isAssignableFrom(type)
                        && SpecificRecord.class.isAssignableFrom(type)
                        && !Modifier.isAbstract(type.getModifiers());
        return generated ? specific(type.asSubclass(SpecificRecordBase.class)) : null;
    }

    private static <T extends SpecificRecordBase> TypeInformation<T> specific(Class<T> type) {
        return new AvroTypeInfo<>(type);
    }
}
