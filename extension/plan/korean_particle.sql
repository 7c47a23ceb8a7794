-- Korean particles after a word whose last sound is not known when the sentence is written: a name, a number, an acronym.

CREATE FUNCTION korean_particle(word text, particle text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 200 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    kind integer := CASE WHEN particle IN ('은', '는', '은/는') THEN 1 WHEN particle IN ('이', '가', '이/가') THEN 2
                         WHEN particle IN ('을', '를', '을/를') THEN 3 WHEN particle IN ('과', '와', '과/와', '와/과') THEN 4
                         WHEN particle IN ('으로', '로', '으로/로', '(으)로') THEN 5 END;
    -- only UTF8 can hold Hangul in pieces
    spoken text := replace(CASE getdatabaseencoding() WHEN 'UTF8' THEN normalize(word, NFC) ELSE word END, '㈜', '(주)');
    shorter text;
    last text;
    bytes bytea;
    code integer;       -- its Unicode code point, in any encoding of the database
    sound integer;      -- 0 = vowel, 1 = consonant, 2 = the consonant rieul; NULL = not known
BEGIN
    IF kind IS NULL THEN
        RAISE EXCEPTION 'unknown particle: "%"', particle
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Known are 은/는, 이/가, 을/를, 과/와, 으로/로; either form will do.';
    END IF;
    LOOP
        -- what is not read: spaces, full stops, quotes, an opening bracket that lost its end
        spoken := rtrim(spoken, E' \t\r\n.,;:!?"''`([{<\uFF08\u2018\u2019\u201C\u201D\u2026\u3001\u3002');
        last := right(spoken, 1);
        IF last IN (')', ']', '}', E'\uFF09') THEN
            -- a remark in brackets is not read, unless there is nothing else
            shorter := regexp_replace(spoken, E'[[({\uFF08][^][(){}\uFF08\uFF09]*.$', '');
            spoken := CASE WHEN shorter ~ E'[^][(){}\uFF08\uFF09[:space:]]' AND shorter <> spoken THEN shorter ELSE left(spoken, -1) END;
        ELSIF last IN ('>', E'\u3009', E'\u300B', E'\u300D', E'\u300F', E'\u3011') THEN
            spoken := left(spoken, -1);
        ELSE
            EXIT;
        END IF;
    END LOOP;
    bytes := convert_to(last, 'UTF8');
    code := CASE octet_length(bytes)
        WHEN 1 THEN get_byte(bytes, 0)
        WHEN 3 THEN (get_byte(bytes, 0) & 15) * 4096 + (get_byte(bytes, 1) & 63) * 64 + (get_byte(bytes, 2) & 63) END;
    -- full width
    IF code BETWEEN 65281 AND 65374 THEN
        last := chr(code - 65248);
        code := code - 65248;
    END IF;
    sound := CASE
        WHEN code BETWEEN 44032 AND 55203 THEN CASE (code - 44032) % 28 WHEN 0 THEN 0 WHEN 8 THEN 2 ELSE 1 END
        -- digits: yeong il i sam sa o yuk chil pal gu
        WHEN last IN ('1', '7', '8') THEN 2 WHEN last IN ('0', '3', '6') THEN 1 WHEN last IN ('2', '4', '5', '9') THEN 0
        -- names of letters: el, em, en, al; the others end in a vowel
        WHEN last IN ('L', 'l', 'R', 'r') THEN 2 WHEN last IN ('M', 'm', 'N', 'n') THEN 1
        WHEN code BETWEEN 65 AND 90 OR code BETWEEN 97 AND 122 THEN 0
        -- single letters of Hangul: giyeok to hieut end in consonants, rieul in its own; vowels are read as they are
        WHEN code = 12601 THEN 2 WHEN code BETWEEN 12593 AND 12622 THEN 1 WHEN code BETWEEN 12623 AND 12643 THEN 0
        WHEN last = '%' THEN 0 END;
    RETURN CASE WHEN sound IS NULL THEN (ARRAY['은(는)', '이(가)', '을(를)', '과(와)', '(으)로'])[kind]
                WHEN sound = 0 OR kind = 5 AND sound = 2 THEN (ARRAY['는', '가', '를', '와', '로'])[kind]
                ELSE (ARRAY['은', '이', '을', '과', '으로'])[kind] END;
END
$function$;
COMMENT ON FUNCTION korean_particle(text, text) IS
'The form of a Korean particle (은/는, 이/가, 을/를, 과/와, 으로/로, named by either form) that a word takes, from its last syllable: digits are read in Sino-Korean, Latin letters by their names, quotes and full stops are looked through, a remark in brackets is passed over unless there is nothing before it. Where the last sound is not known (Chinese characters, signs, no word) both forms, as in 은(는). NULL for NULL.';
