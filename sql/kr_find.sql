-- innocity_kr: names and codes of other lists to ours
SET client_min_messages = warning;
CREATE EXTENSION innocity_kr;
-- regions: present, with province, short, former, English; several candidates are several rows
SELECT w, f.* FROM unnest('{나주시," 나 주 시 ",나주,나주시청,전남나주시,전라남도 나주시,서울 중구,수원시 장안구,장안구,강원도,전라북도,인천 남구,Naju,NAJU-SI,광주,고성군,중구,세종}'::text[])
  WITH ORDINALITY AS t (w, n), find_region(w) f ORDER BY n, code;
-- regions: codes in either numbering, former, of a part, in full width, with trailing zeros
SELECT w, f.* FROM unnest('{46170,4617000000,４６１７０,36040,kostat:36040,31110,42130,4617025021,4111112900,46,99}'::text[])
  WITH ORDINALITY AS t (w, n), find_region(w) f ORDER BY n, code;
-- regions: the beginning of a name, a part of one, nothing
SELECT w, f.* FROM unnest('{해,완산,"",-,없는곳,%}'::text[]) WITH ORDINALITY AS t (w, n), find_region(w) f ORDER BY n, code;
SELECT * FROM find_region(NULL);
-- institutions
SELECT w, f.* FROM unnest('{한국전력공사,한전,kepco,ＫＥＰＣＯ,(주)한전 KDN,㈜한전KDN,한국감정원,대한주택공사,경제ㆍ인문사회연구회,경제인문사회연구회,KCA,Korea Power Exchange,I004,aT,콘텐츠진흥,한국전기,수산물품질,없는기관,""}'::text[])
  WITH ORDINALITY AS t (w, n), find_institution(w) f ORDER BY n, institution_id COLLATE "C";
-- sectors: codes, codes of other lists, names, groups
SELECT w, f.* FROM unnest('{35111,ksic9:36,36,ksic9:27193,28119,isic:3510,isic4:35,nace:35.11,nace2:35.11,naics:221112,naics:31-33,NACE:35.1,energy,D,99999}'::text[])
  WITH ORDINALITY AS t (w, n), find_sector(w) f ORDER BY n, code;
SELECT w, f.* FROM unnest('{전기업,수도사업,풍력 발전업,풍력,Mining of hard coal,에너지·자원,제조업,소프트웨어 개발,""}'::text[])
  WITH ORDINALITY AS t (w, n), find_sector(w) f ORDER BY n, code;
-- every name that the lists hold finds its own row
SELECT count(*) FROM region_kr r WHERE NOT EXISTS (SELECT FROM find_region(r.name_ko) f WHERE f.code = r.code AND f.how = 'name');
SELECT count(*) FROM region_kr r WHERE NOT EXISTS (SELECT FROM find_region(r.code::text) f WHERE f.code = r.code AND f.how = 'code');
SELECT count(*) FROM region_kr r WHERE NOT EXISTS (SELECT FROM find_region(r.kostat_code::text) f WHERE f.code = r.code);
SELECT count(*) FROM institution_kr i WHERE (SELECT array_agg(f.institution_id) FROM find_institution(i.name_ko) f) <> ARRAY[i.id];
SELECT count(*) FROM institution_name_kr i WHERE NOT EXISTS (SELECT FROM find_institution(i.name) f WHERE f.institution_id = i.institution_id AND f.how = i.kind);
-- users' own rows are found too
INSERT INTO institution_kr_user (id, name_ko, name_en, status, candidate) VALUES ('U001', '나주에너지진흥원', 'Naju Energy Agency', 'other', false);
INSERT INTO institution_name_kr_user (institution_id, name, kind) VALUES ('U001', '나에진', 'short name');
INSERT INTO institution_kr_user (id, removed) VALUES ('I012', true);
SELECT w, f.* FROM unnest('{나에진,KCA}'::text[]) WITH ORDINALITY AS t (w, n), find_institution(w) f ORDER BY n, institution_id COLLATE "C";
DROP EXTENSION innocity_kr;
